import { DaemonSetV1 } from "@cdktf/provider-kubernetes/lib/daemon-set-v1";
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { describe as told } from "../../../constructs/shared/errors";
import { objectProblems } from "../../../constructs/shared/object-problems";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";

interface Names {
  readonly port: string;
  readonly servicePort: string;
  readonly label: string;
  /** @default server:1 */
  readonly image?: string;
}

function problems({ port, servicePort, label, image = "server:1" }: Names): readonly string[] {
  const found: string[] = [];
  platformStackOf(environments.dev, ({ stack }) => {
    const namespace = new NamespaceV1(stack, "Namespace", { metadata: { name: "shop" } }).metadata.name;
    const labels = { app: label, place: namespace };
    new DeploymentV1(stack, "Server", {
      metadata: { name: "server", namespace },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { container: [{ name: "server", image, port: [{ name: port, containerPort: 80 }] }] },
        },
      },
    });
    new ServiceV1(stack, "Service", { metadata: { name: "server" }, spec: { selector: labels, port: [{ name: servicePort, port: 80 }] } });
    found.push(...stack.node.findAll().flatMap((construct) => objectProblems(construct).map(told)));
  });
  return found;
}

describe("objectProblems", () => {
  it("has nothing against good names, and waits for those that are references", () => {
    expect(problems({ port: "http", servicePort: "grpc-web", label: "Server_1" })).toEqual([]);
  });

  it("has nothing against a digest alone: a pipeline names by it what it has built", () => {
    const image = `localhost:5001/server@sha256:${"0".repeat(64)}`;
    expect(problems({ port: "http", servicePort: "http", label: "server", image })).toEqual([]);
  });

  it("looks at daemon sets, too", () => {
    const found: string[] = [];
    platformStackOf(environments.dev, ({ stack }) => {
      const spec = { container: [{ name: "agent", image: "agent" }] };
      const resource = new DaemonSetV1(stack, "Agent", { metadata: { name: "agent" }, spec: { template: { metadata: {}, spec } } });
      found.push(...objectProblems(resource).map(told));
    });
    expect(found).toEqual([expect.stringContaining('dev-platform/Agent: image is "agent", must be')]);
  });

  it("fails when a port's name is too long, in a container and in a service", () => {
    const long = "a-rather-long-one";
    expect(problems({ port: long, servicePort: long, label: "server" })).toEqual([
      `dev-platform/Server: name of a port is "${long}", must be a port name of at most 15 characters, not 17; rename it`,
      `dev-platform/Service: name of a port is "${long}", must be a port name of at most 15 characters, not 17; rename it`,
    ]);
  });

  it.each(["server", "server:latest", "localhost:5001/server", `server:latest@sha256:${"0".repeat(64)}`])(
    "fails when the image has no tag that names a version: %s",
    (image) => {
      expect(problems({ port: "http", servicePort: "http", label: "server", image })).toEqual([
        `dev-platform/Server: image is "${image}", must be an image with a tag that names a version; name the version that was tested`,
      ]);
    },
  );

  it("fails when a label is none, wherever it stands", () => {
    const told = 'label app is "no label", must be letters, digits and inner . _ -; rename it';
    expect(problems({ port: "http", servicePort: "http", label: "no label" })).toEqual([
      `dev-platform/Server: ${told}`, // what it selects
      `dev-platform/Server: ${told}`, // what its pods have
      `dev-platform/Service: ${told}`,
    ]);
  });
});
