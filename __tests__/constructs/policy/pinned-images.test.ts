import { pinnedImages } from "../../../constructs/policy/pinned-images";
import { judged } from "./judge";
import { container, everyKindOf, everyPlaceOf, podSpec } from "./pods";

const policy = pinnedImages({ mode: "enforce", excludedNamespaces: [] });

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const mustBePinned = "every image must have a tag or a digest";
const notLatest = "no image may have the tag latest: name a version";

describe("pinned images", () => {
  it.each([
    "nginx:1.29",
    "docker.io/library/nginx:1.29",
    "localhost:5001/api:1",
    "localhost:5001/batch/worker:1",
    `docker.io/library/nginx@${digest}`,
    `docker.io/library/nginx:1.29@${digest}`,
    `localhost:5001/api@${digest}`,
    "docker.io/library/nginx:latest-alpine",
    "docker.io/latest:1",
    "docker.io/library/nginx:not-latest",
  ])("may be %s", (image) => {
    for (const spec of Object.values(everyPlaceOf(container({ image })))) {
      expect(judged(policy, everyKindOf(spec))).toEqual({ Pod: [], Deployment: [], CronJob: [] });
    }
  });

  it.each([
    ["nginx", [mustBePinned]],
    ["docker.io/library/nginx", [mustBePinned]],
    ["localhost:5001/api", [mustBePinned]], // the colon is of the port
    ["localhost:5001/batch/worker", [mustBePinned]],
    ["nginx:", [mustBePinned]],
    ["", [mustBePinned]],
    [`nginx@${digest.slice(0, -1)}`, [mustBePinned]],
    ["nginx@sha1:0123", [mustBePinned]],
    ["nginx:latest", [notLatest]],
    ["localhost:5001/api:latest", [notLatest]],
    [`nginx:latest@${digest}`, [notLatest]],
    [`localhost:5001/api:latest@${digest}`, [notLatest]],
  ])("fails when one is %j, wherever it is", (image, messages) => {
    for (const spec of Object.values(everyPlaceOf(container({ image })))) {
      expect(judged(policy, everyKindOf(spec))).toEqual({ Pod: messages, Deployment: messages, CronJob: messages });
    }
  });

  it("fails when a volume is such an image", () => {
    const spec = podSpec({ volumes: [{ name: "model", image: { reference: "registry.example.com/model" } }] });
    expect(judged(policy, everyKindOf(spec))).toMatchObject({ Pod: [mustBePinned] });
  });
});
