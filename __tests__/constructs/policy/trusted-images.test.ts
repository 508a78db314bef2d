import { trustedImages } from "../../../constructs/policy/trusted-images";
import { judged } from "./judge";
import { container, everyKindOf, everyPlaceOf, podSpec } from "./pods";

const policy = trustedImages({ mode: "enforce", excludedNamespaces: [] }, ["localhost:5001/", "docker.io/", "ghcr.io/kyverno/"]);

const message =
  "every image must be of localhost:5001/ docker.io/ ghcr.io/kyverno/, with the registry written out, as in docker.io/library/nginx:1.29";

describe("trusted images", () => {
  it.each(["localhost:5001/api:1", "docker.io/library/nginx:1.29", "ghcr.io/kyverno/kyverno:v1"])("may be %s", (image) => {
    for (const spec of Object.values(everyPlaceOf(container({ image }), container({ image })))) {
      expect(judged(policy, everyKindOf(spec))).toEqual({ Pod: [], Deployment: [], CronJob: [] });
    }
  });

  it.each([
    "nginx", // Docker Hub, by default of whoever pulls it
    "library/nginx:1.29",
    "docker.io.evil.com/x:1",
    "evil.com/docker.io/x:1",
    "docker.iox/x:1",
    "localhost:50011/x:1",
    "localhost/x:1",
    "ghcr.io/kyverno-evil/x:1",
    "ghcr.io/x:1",
    "DOCKER.IO/library/nginx:1.29",
    " docker.io/library/nginx:1.29",
    "",
  ])("fails when one is %j, wherever it is", (image) => {
    for (const spec of Object.values(everyPlaceOf(container({ image })))) {
      expect(judged(policy, everyKindOf(spec))).toEqual({ Pod: [message], Deployment: [message], CronJob: [message] });
    }
  });

  it("fails when a volume is such an image, or a container leaves it out", () => {
    const trusted = { containers: [container({ image: "docker.io/library/nginx:1.29" })] };
    const volumes = (reference: string) =>
      podSpec({
        ...trusted,
        volumes: [
          { name: "tmp", emptyDir: {} },
          { name: "model", image: { reference } },
        ],
      });
    expect(judged(policy, everyKindOf(volumes("docker.io/library/model:1")))).toMatchObject({ Pod: [], CronJob: [] });
    expect(judged(policy, everyKindOf(volumes("evil.com/model:1")))).toMatchObject({ Pod: [message], CronJob: [message] });
    expect(judged(policy, everyKindOf(podSpec({ containers: [{ name: "api" }] })))).toMatchObject({ Deployment: [message] });
  });
});
