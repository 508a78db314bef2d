import { TerraformElement } from "cdktf";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Application, Connection } from "../../applications/application";
import { applications } from "../../applications/index";
import { connectionsOf } from "../../applications/connections";
import { boxesOf, type Arrow, type Diagram } from "../../diagram/diagram";
import { diagramFiles, diagramFolder, outdated } from "../../diagram/diagram-files";
import { environmentDiagram, unpainted } from "../../diagram/environment-diagram";
import { environmentNames, type EnvironmentName } from "../../environments/environment";
import { loadEnvironments } from "../../environments/load";
import { committedWith, type Changes } from "../environments/changed";
import { only } from "../synthesized";
import { box, composed, type Composed } from "./drawn";

jest.setTimeout(120_000);

const project = join(__dirname, "../..");
const environments = new Map(composed().map((each) => [each.stacks.environment.name, each]));

function environment(name: EnvironmentName): Composed {
  const found = environments.get(name);
  if (found === undefined) throw new Error(`${name} was not composed`);
  return found;
}

function diagramOf(name: EnvironmentName, running: readonly Application[] = applications): Diagram {
  return environmentDiagram(environment(name).stacks, running);
}

/** The diagram of an environment with something that no committed one has. */
function changedDiagram(name: EnvironmentName, changes: Changes): Diagram {
  const loaded = loadEnvironments({ names: [name], variables: {}, committed: committedWith({ [name]: changes }) });
  const { stacks } = only(composed(loaded), name);
  return environmentDiagram(stacks, loaded.applications);
}

/** An application whose workload `caller` has connections, beside one that listens. */
function calling(connects: readonly Connection[]): Application {
  const shared = { kind: "deployment", image: { reference: "image" }, placement: "general" } as const;
  const resources = { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "16Mi" } };
  const ports = [{ name: "http", port: 8123 }];
  return {
    ...{ name: "shop", description: "Sells", owner: "some-team", secrets: {}, access: { viewers: [], admins: [] } },
    workloads: { caller: { ...shared, resources, ports, connects }, listener: { ...shared, resources, ports } },
  };
}

/** `from > to: lines` of each arrow but the one to the gateway, which no workload declares. */
function told(arrows: readonly Arrow[]): readonly string[] {
  return arrows.filter(({ to }) => to !== "gateway").map(({ from, kind, lines, to }) => `${from} > ${to}: ${lines.join(" ")} (${kind})`);
}

const everyConnection: readonly Connection[] = [
  { to: "workload", workload: "shop/listener", port: "http" },
  { to: "database" },
  { to: "cache" },
  { to: "bucket", bucket: "models", access: "read-write" },
  { to: "bucket", bucket: "data", access: "read" },
  { to: "gateway", host: "shop", path: "/cart", port: "http", priority: 1 },
  { to: "gateway", port: "http", priority: 2 },
  { to: "external", host: "api.example.com", port: 8443 },
  { to: "external", host: "example.com" },
];

describe("the committed diagrams", () => {
  it("are current", async () => {
    const files = await diagramFiles(environmentNames.map((name) => diagramOf(name)));
    expect(files.map(({ name }) => name)).toHaveLength(2 * environmentNames.length);
    expect(outdated(files, join(project, diagramFolder))).toEqual([]);
  });

  it("are all on the page about them", () => {
    const page = readFileSync(join(project, diagramFolder, "README.md"), "utf8");
    const links = [...page.matchAll(/\]\(([a-z.]+)\)/g)].map(([, link = ""]) => link);
    expect(links).toEqual(expect.arrayContaining(environmentNames.flatMap((name) => [`${name}.svg`, `${name}.mmd`])));
    expect(links.filter((link) => !existsSync(join(project, diagramFolder, link)))).toEqual([]);
  });
});

describe("connections", () => {
  it.each(environmentNames)("of %s are one arrow each, and there are no others but the way to the gateway", (name) => {
    const { arrows } = diagramOf(name);
    expect(arrows).toHaveLength(connectionsOf(applications).length + 1);
    expect(arrows.filter(({ to }) => to === "gateway")).toEqual([{ from: "clients", to: "gateway", lines: ["HTTPS"], kind: "request" }]);
  });

  it("lead where they are declared, with port, access and route", () => {
    expect(told(diagramOf("prod", [calling(everyConnection)]).arrows)).toEqual([
      "workload/shop/caller > workload/shop/listener: port 8123 (request)",
      "workload/shop/caller > database: port 5432 (data)",
      "workload/shop/caller > cache: port 6379 (data)",
      "workload/shop/caller > bucket/models: read-write (data)",
      "workload/shop/caller > bucket/data: read (data-read)",
      "gateway > workload/shop/caller: https://shop.ml-platform.example.com/cart to port 8123 (request)",
      "gateway > workload/shop/caller: https://ml-platform.example.com/ to port 8123 (request)",
      "workload/shop/caller > host/api.example.com: port 8443 (request)",
      "workload/shop/caller > host/example.com: port 443 (request)",
    ]);
  });

  it("of local have the laptop's port in their routes", () => {
    expect(told(diagramOf("local", [calling(everyConnection)]).arrows)).toContain(
      "gateway > workload/shop/caller: https://shop.ml-platform.localhost:8443/cart to port 8123 (request)",
    );
  });

  it.each<[string, readonly Connection[]]>([
    ["is gone", everyConnection.slice(1)],
    ["has another access", everyConnection.map((each) => (each.to === "bucket" ? { ...each, access: "read" } : each))],
    ["leads to another bucket", everyConnection.map((each) => (each.to === "bucket" ? { ...each, bucket: "search" } : each))],
    ["has another path", everyConnection.map((each) => (each.to === "gateway" ? { ...each, path: "/other" } : each))],
    ["has another port", everyConnection.map((each) => (each.to === "external" ? { ...each, port: 9000 } : each))],
  ])("change the diagram when one %s", (_, connects) => {
    expect(diagramOf("dev", [calling(connects)])).not.toEqual(diagramOf("dev", [calling(everyConnection)]));
  });

  it("change every file", async () => {
    const before = await diagramFiles([diagramOf("dev", [calling(everyConnection)])]);
    const after = await diagramFiles([diagramOf("dev", [calling(everyConnection.slice(1))])]);

    expect(after.map(({ name }) => name)).toEqual(["dev.mmd", "dev.svg"]);
    for (const [index, { content }] of after.entries()) expect(content).not.toBe(before[index]?.content);
  });

  it("fails when one leads to nothing that the environment has", () => {
    expect(() => diagramOf("dev", [calling([{ to: "bucket", bucket: "lost", access: "read" }])])).toThrow(
      "dev: the diagram has no box bucket/lost",
    );
  });
});

describe("workloads", () => {
  it.each(environmentNames)("of %s have as many pods as are deployed", (name) => {
    const { resource } = environment(name).apps;
    const deployments = (resource?.kubernetes_deployment_v1 ?? {}) as unknown as Readonly<Record<string, Deployed>>;
    const autoscalers = Object.values(resource?.kubernetes_horizontal_pod_autoscaler_v2 ?? {}) as unknown as readonly Deployed[];
    const shown = (workload: string) => boxesOf(diagramOf(name)).find(({ title }) => title === workload)?.lines[0];
    const fixed = Object.values(deployments).filter(({ spec }) => spec.replicas !== undefined);

    expect(fixed.length + autoscalers.length).toBe(Object.keys(deployments).length);
    for (const { metadata, spec } of fixed) expect(shown(metadata.name)).toMatch(new RegExp(`^Deployment, ${spec.replicas} pods?$`));
    for (const { metadata, spec } of autoscalers) {
      const [, scaled = ""] = /kubernetes_deployment_v1\.(\w+)\./.exec(metadata.name) ?? [];
      const pods = `Deployment, ${spec.min_replicas} to ${spec.max_replicas} pods`;
      expect(shown(deployments[scaled]?.metadata.name ?? "")).toBe(pods);
    }
  });

  it("say where they run, and on how many GPUs where there are any", () => {
    expect(box(diagramOf("prod"), "workload/ml-platform/training").lines).toEqual(["Deployment, 1 pod", "placement training", "1 GPU"]);
    expect(box(diagramOf("dev"), "workload/ml-platform/training").lines).toEqual(["Deployment, 1 pod", "placement training"]);
    expect(box(diagramOf("dev"), "workload/sre-portal/database-check").lines).toEqual(["CronJob */5 * * * *", "placement general"]);
  });
});

describe("capabilities", () => {
  /** Parts of what is shown, and what keeps watch over it. */
  const parts = [
    ...["AccessAccounts", "AddonMonitors", "AlarmTopic", "BarmanCloudPlugin", "CloudMetrics", "CloudWatchSeries", "ConnectionCheck"],
    ...["ConnectionCheckIdentity", "GatewaySignals", "ManifestsChart"],
    ...["MonitoringAdministrator", "MonitoringPassword", "NodeExporter", "Observability", "PodPolicies", "PrometheusOperatorCrds"],
  ];

  it.each(environmentNames)("of %s are all there", (name) => {
    const missing = unpainted(environment(name).stacks).filter((construct) => !TerraformElement.isTerraformElement(construct));
    const ids = missing.map(({ node }) => node.id).filter((id) => !id.endsWith("Namespace"));
    expect(ids.filter((id) => !parts.includes(id))).toEqual([]);
  });

  it.each<[EnvironmentName, string, readonly string[]]>([
    ["prod", "database", ["RDS for PostgreSQL 17", "db.r7g.xlarge, Multi-AZ", "through RDS Proxy", "backups of 30 days"]],
    ["dev", "database", ["RDS for PostgreSQL 17", "db.t4g.small, one zone", "backups of 1 day"]],
    ["local", "database", ["PostgreSQL 17 by CloudNativePG", "in the cluster", "backups of 1 day"]],
    ["prod", "cache", ["ElastiCache for Valkey 8.1", "cache.r7g.xlarge", "a primary and 2 replicas"]],
    ["local", "cache", ["Valkey", "in the cluster", "one node"]],
    ["prod", "gateway", ["Application Load Balancer", "with a web application firewall", "ml-platform.example.com"]],
    ["local", "gateway", ["NGINX Gateway Fabric", "in the cluster", "ml-platform.localhost"]],
    ["prod", "cluster", ["EKS 1.35", "API private"]],
    ["dev", "cluster", ["EKS 1.35", "API public, for named blocks"]],
    ["prod", "nodes/training", ["placement training", "g5.2xlarge", "0 to 8, on demand"]],
    ["dev", "nodes/general", ["placements general, compute, training, data-processing", "m7g.large", "0 to 6, spot"]],
    ["local", "nodes/training", ["placement training", "1 container"]],
    ["prod", "network", ["VPC 10.30.0.0/16", "3 zones", "subnets: public, private, data, intra", "3 NAT gateways"]],
    ["prod", "policies", ["Kyverno", "enforced"]],
    ["prod", "identity", ["EKS Pod Identity"]],
    ["prod", "metrics", ["Prometheus, every 30 s", "kept for 15 days"]],
    ["dev", "logs", ["Loki, collected by Alloy", "kept for 7 days"]],
    ["prod", "logs", ["Loki, collected by Alloy", "kept for 30 to 90 days"]],
    ["prod", "traces", ["Tempo, 10 % of requests", "kept for 14 days"]],
    ["local", "dashboards", ["Grafana"]],
    ["dev", "alerts", ["Alertmanager", "by slack"]],
    ["local", "alerts", ["Alertmanager", "nobody is told"]],
    ["dev", "off-hours", ["EventBridge Scheduler", "no nodes while nobody works"]],
  ])("of %s say what they are: %s", (name, id, lines) => {
    expect(box(diagramOf(name), id).lines).toEqual(lines);
  });

  it("of an AWS environment say what is chosen", () => {
    const diagram = changedDiagram("dev", {
      sealedSecrets: true,
      identity: "irsa",
      "ingress.access": "vpc",
      "ingress.waf": { rules: "none" },
      "cluster.nodeGroups.0.overflow": undefined,
      offHours: undefined,
      "database.readReplicas": 1,
      "database.pooling": true,
      "cache.engine": "redis",
      "cache.topology": { kind: "clustered", shards: 3, replicas: 1 },
    });
    const lines = (id: string) => box(diagram, id).lines;

    expect(lines("clients")).toEqual(["of the VPC"]);
    expect(lines("gateway")).toContain("without a firewall");
    expect(lines("identity")).toEqual(["IAM roles for service accounts"]);
    expect(lines("node-scaling")).toEqual(["none: the nodes are fixed"]);
    expect(lines("sealed-secrets")).toEqual(["Sealed Secrets"]);
    expect(lines("database")).toEqual(expect.arrayContaining(["1 read replica", "through RDS Proxy"]));
    expect(lines("cache")).toEqual(expect.arrayContaining(["ElastiCache for Redis 7.1", "3 shards with 1 replica each"]));
  });

  it("of a laptop say what is chosen", () => {
    const diagram = changedDiagram("local", {
      "ingress.gateway": "envoy",
      "database.pooling": true,
      backupRetentionDays: 0,
      monitoring: false,
    });

    expect(box(diagram, "gateway").lines[0]).toBe("Envoy Gateway");
    expect(box(diagram, "database").lines).toEqual(expect.arrayContaining(["through PgBouncer", "no backups"]));
    expect(box(diagram, "monitoring").lines).toEqual(["types of monitors only"]);
    expect(diagram.panels.map(({ id }) => id)).toEqual(["platform", "foundation"]);
  });
});

/** What is looked at of a Deployment or its autoscaler. */
interface Deployed {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas?: string; readonly min_replicas?: number; readonly max_replicas?: number };
}
