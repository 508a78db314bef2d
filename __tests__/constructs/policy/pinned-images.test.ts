import { pinnedImages } from "../../../constructs/policy/pinned-images";
import { judged } from "./judge";
import { container, everywhere, kindsOf, podSpec } from "./pods";

const policy = pinnedImages({ mode: "enforce", excludedNamespaces: [] });

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const mustBePinned = "every image must have a tag or a digest";
const notLatest = "no image may have the tag latest: name a version";

const pulling = (image: string) => [
  ...everywhere(container({ image })),
  ...kindsOf(podSpec({ volumes: [{ name: "model", image: { reference: image } }] })),
];

describe("pinned images", () => {
  it.each(
    judged(
      policy,
      [
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
      ].map((image) => [image, pulling(image), []]),
    ),
  )("may be %s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });

  const without = [
    "nginx",
    "docker.io/library/nginx",
    "localhost:5001/api", // the colon is of the port
    "localhost:5001/batch/worker",
    "nginx:",
    "",
    `nginx@${digest.slice(0, -1)}`,
    "nginx@sha1:0123",
  ];
  const latest = ["nginx:latest", "localhost:5001/api:latest", `nginx:latest@${digest}`, `localhost:5001/api:latest@${digest}`];
  it.each(
    judged(policy, [
      ...without.map((image) => [image, pulling(image), [mustBePinned]] as const),
      ...latest.map((image) => [image, pulling(image), [notLatest]] as const),
    ]),
  )("fails when one is %j, wherever it is", (_, said, expected) => {
    expect(said).toHaveLength(12);
    expect(said).toEqual(expected);
  });
});
