import type { IConstruct } from "constructs";
import type { Application } from "../applications/application";
import { connectionsOf } from "../applications/connections";
import type { EnvironmentStacks } from "../stacks/environment-stacks";
import { bucketId, connectionArrows, hostId } from "./connection-arrows";
import { boxesOf, type Box, type Diagram, type Group } from "./diagram";
import { painted } from "./painter";
import { dataPainters, objectStoreId } from "./pictures/data";
import { foundationPainters } from "./pictures/foundation";
import { clientPainters, gatewayPainters } from "./pictures/gateway";
import { clusterPainters, nodeGroupBoxes } from "./pictures/node-groups";
import { observabilityPainters } from "./pictures/observability";
import { platformPainters } from "./pictures/platform";
import { applicationGroup } from "./pictures/workloads";

/**
 * An environment as a diagram: its capabilities from the construct tree, its connections from the matrix.
 * @param applications those that the environment was composed with
 */
export function environmentDiagram(stacks: EnvironmentStacks, applications: readonly Application[]): Diagram {
  const { environment } = stacks;
  const ingress = [stacks.platform.ingress];
  const clients = painted(clientPainters, ingress, environment);
  const diagram: Diagram = {
    environment: environment.name,
    title: `${environment.project}, environment ${environment.name}`,
    boxes: [...clients, ...painted(gatewayPainters, ingress, environment), ...externalHosts(applications)],
    groups: [...applications.map((application) => applicationGroup(stacks, application)), ...dataGroups(stacks)],
    panels: panelsOf(stacks),
    arrows: [
      ...clients.map(({ id }) => ({ from: id, to: "gateway", lines: ["HTTPS"], kind: "request" as const })),
      ...connectionArrows(stacks, applications),
    ],
  };
  return checked(diagram);
}

function dataGroups({ data, environment }: EnvironmentStacks): readonly Group[] {
  const boxes = painted(dataPainters, data.node.children, environment);
  const buckets = environment.objectStore.buckets.map(({ name }): Box => {
    return { id: bucketId(name), title: name, lines: ["bucket"], look: "data" };
  });
  const store = boxes.find(({ id }) => id === objectStoreId);
  return [
    { id: "data", title: "Data", boxes: boxes.filter((box) => box !== store) },
    { id: objectStoreId, title: `${store?.title}: ${store?.lines.join(", ")}`, boxes: buckets },
  ];
}

function panelsOf({ apps, cluster, environment, platform, state }: EnvironmentStacks): readonly Group[] {
  const made = [...platform.node.children, ...apps.node.findAll()];
  const watching = painted(observabilityPainters, platform.node.findAll(), environment);
  const below = [...cluster.node.children, ...state.node.children];
  return [
    { id: "platform", title: "Platform", boxes: firstOfEach(painted(platformPainters, made, environment)) },
    ...(watching.length > 0 ? [{ id: "observability", title: "Observability", boxes: watching }] : []),
    {
      id: "foundation",
      title: "Cluster, network and state",
      boxes: [
        ...painted(clusterPainters, below, environment),
        ...nodeGroupBoxes(cluster.node.findAll()),
        ...painted(foundationPainters, below, environment),
      ],
    },
  ];
}

/** Each workload has an identity; one box says of what kind they are. */
function firstOfEach(boxes: readonly Box[]): readonly Box[] {
  return boxes.filter(({ id }, index) => boxes.findIndex((other) => other.id === id) === index);
}

function externalHosts(applications: readonly Application[]): readonly Box[] {
  const hosts = connectionsOf(applications).flatMap(({ connection }) => (connection.to === "external" ? [connection.host] : []));
  return [...new Set(hosts)].map((host) => ({ id: hostId(host), title: host, lines: ["somebody else's"], look: "outside" }));
}

/** @throws Error when an arrow leads nowhere: a variant has no picture, and Mermaid would make up a box */
function checked(diagram: Diagram): Diagram {
  const ids = new Set(boxesOf(diagram).map(({ id }) => id));
  for (const end of diagram.arrows.flatMap(({ from, to }) => [from, to])) {
    if (!ids.has(end)) throw new Error(`${diagram.environment}: the diagram has no box ${end}; add a painter to diagram/pictures`);
  }
  return diagram;
}

/** Constructs of the layers that no box shows. */
export function unpainted({ cluster, data, environment, platform, state }: EnvironmentStacks): readonly IConstruct[] {
  const painters = [
    ...clusterPainters,
    ...foundationPainters,
    ...gatewayPainters,
    ...platformPainters,
    ...observabilityPainters,
    ...dataPainters,
  ];
  return [state, cluster, platform, data]
    .flatMap((stack) => stack.node.children)
    .filter((construct) => painted(painters, [construct], environment).length === 0);
}
