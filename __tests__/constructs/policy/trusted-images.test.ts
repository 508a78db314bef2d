import { trustedImages } from "../../../constructs/policy/trusted-images";
import { judged } from "./judge";
import { container, everywhere, kindsOf, podSpec } from "./pods";

const policy = trustedImages({ mode: "enforce", excludedNamespaces: [] }, ["localhost:5001/", "docker.io/", "ghcr.io/kyverno/"]);

const message =
  "every image must be of localhost:5001/ docker.io/ ghcr.io/kyverno/, with the registry written out, as in docker.io/library/nginx:1.29";

const running = (image: string) => everywhere(container({ image }), container({ image: "docker.io/library/nginx:1.29" }));
const mounting = (reference: string) =>
  kindsOf(
    podSpec({
      containers: [container({ image: "docker.io/library/nginx:1.29" })],
      volumes: [
        { name: "tmp", emptyDir: {} },
        { name: "model", image: { reference } },
      ],
    }),
  );

describe("trusted images", () => {
  it.each(
    judged(
      policy,
      ["localhost:5001/api:1", "docker.io/library/nginx:1.29", "ghcr.io/kyverno/kyverno:v1"].map((image) => [
        image,
        [...running(image), ...mounting(image)],
        [],
      ]),
    ),
  )("may be %s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });

  it.each(
    judged(
      policy,
      [
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
      ].map((image) => [image, [...running(image), ...mounting(image)], [message]]),
    ),
  )("fails when one is %j, wherever it is", (_, said, expected) => {
    expect(said).toHaveLength(12);
    expect(said).toEqual(expected);
  });

  const known = "ghcr.io/agents/java:2.31.1";
  const knowing = trustedImages({ mode: "enforce", excludedNamespaces: [] }, ["docker.io/"], [known]);
  const notOfDocker = "every image must be of docker.io/, with the registry written out, as in docker.io/library/nginx:1.29";

  it.each(
    judged(
      knowing,
      [known, `${known}0`, "ghcr.io/agents/java:2.31", "ghcr.io/agents/java"].map((image) => [
        image,
        running(image),
        image === known ? [] : [notOfDocker],
      ]),
    ),
  )("are known by their very names: %s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });

  it.each(judged(policy, [["leaves it out", kindsOf({ containers: [{ name: "api" }] }), [message]]]))(
    "fails when a container %s",
    (_, said, expected) => {
      expect(said).toEqual(expected);
    },
  );
});
