import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesizedEnvironments } from "../stacks/synthesized-environments";
import { changedStacks, waysTo, type Steps } from "./changed-stacks";
import { Comparison, differenceOfGrants, type Difference, type Stacks } from "./comparison";
import { block, type Fields } from "./fields";
import type { Pods } from "./pods";
import { applications, matrix, observers, type Target } from "./matrix";
import { unwrittenPods } from "./unwritten-pods";
import { WrittenStacks } from "./written-stacks";

const synthesized = synthesizedEnvironments();
const environments = ["local", "dev", "staging", "prod"].map((name) => {
  const own = Object.entries(synthesized.stacks).filter(([stack]) => stack.startsWith(`${name}-`));
  const target: Target = name === "local" ? "local" : "aws";
  const stacks: Stacks = Object.fromEntries(own.map(([stack, { json }]) => [stack, json]));
  return { name, target, stacks, comparison: new Comparison(target, stacks) };
});
const agreed: Difference = { missing: [], open: [] };
const isAgreed = ({ missing, open }: Difference) => missing.length + open.length === 0;

const podsOf = ({ graph }: Comparison): readonly Pods[] => graph.nodes.flatMap((node) => (node.kind === "pods" ? [node] : []));

describe.each(environments)("$name", ({ comparison, target, stacks }) => {
  it("opens what the matrix says, and nothing else", () => {
    expect(comparison.difference()).toEqual(agreed);
  });

  it("allows what was granted, and nothing else", () => {
    expect(differenceOfGrants(target, stacks)).toEqual(agreed);
  });

  it("has no policy about pods that nobody knows", () => {
    expect(comparison.graph.policies.withoutPodsAmong(podsOf(comparison))).toEqual([]);
  });
});

describe("the matrix", () => {
  it("has no row about nothing", () => {
    expect(matrix.filter((row) => environments.every(({ comparison }) => comparison.expected(row).length === 0))).toEqual([]);
  });

  it("has no pods that no policy asks for", () => {
    const needed = unwrittenPods.filter(({ name }) =>
      environments.some(({ comparison }) => {
        const others = podsOf(comparison).filter((pods) => pods.name !== name);
        return comparison.graph.policies.withoutPodsAmong(others).length > 0;
      }),
    );
    expect(unwrittenPods.filter((pods) => !needed.includes(pods))).toEqual([]);
  });

  it("and what compares it know nothing but the JSON: they import nothing from elsewhere", () => {
    const files = readdirSync(__dirname).filter((file) => !file.endsWith(".test.ts"));
    const imports = files.flatMap((file) => {
      const found = readFileSync(join(__dirname, file), "utf8").matchAll(/(?:\bfrom|\bimport|\brequire)\b[\s(]*"([^"]+)"/g);
      return [...found].map(([, from = ""]) => from);
    });
    expect(imports.length).toBeGreaterThan(20);
    expect(imports.filter((from) => !/^\.\/[\w-]+$/.test(from))).toEqual([]);
  });
});

/** Something that somebody changed in the JSON. */
interface Mutation {
  readonly name: string;
  readonly stacks: Stacks;
}

const [local, dev, , prod] = environments as [Environment, Environment, Environment, Environment];
type Environment = (typeof environments)[number];

function unnoticed({ target }: Environment, mutations: readonly Mutation[]): readonly string[] {
  expect(mutations).not.toEqual([]);
  return mutations.filter(({ stacks }) => isAgreed(new Comparison(target, stacks).difference())).map(({ name }) => name);
}

function resourcesOf({ stacks }: Environment, stack: string, type: string): readonly [string, Fields][] {
  return Object.entries(block(block(block(stacks[stack]).resource)[type])).map(([name, values]) => [name, block(values)]);
}

/** Each resource of a type in a layer, with a change made to one place in it. */
function each(environment: Environment, layer: string, type: string, mutate: (values: Fields) => readonly Edit[]): readonly Mutation[] {
  const stack = `${environment.name}-${layer}`;
  return resourcesOf(environment, stack, type).flatMap(([name, values]) =>
    mutate(values).map(({ steps, to }) => ({
      name: [name, ...steps].join("."),
      stacks: changedStacks(environment.stacks, stack, ["resource", type, name, ...steps], () => to),
    })),
  );
}

interface Edit {
  readonly steps: Steps;
  /** @default nothing is left there */
  readonly to?: unknown;
}

function valueAt(values: Fields, steps: Steps): unknown {
  return steps.reduce<unknown>((at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined), values);
}

const policy = "kubernetes_network_policy_v1";

/** A policy in a namespace of an application, beside those that are there. */
function withPolicy({ name, stacks }: Environment, namespace: string, spec: Fields): Stacks {
  return changedStacks(stacks, `${name}-apps`, ["resource", policy, "Added"], () => ({ metadata: { name: "added", namespace }, spec }));
}

describe.each([local, dev])("$name is another one when somebody", (written) => {
  const { name: place, target } = written;
  const layer = `${place}-apps`;

  it("drops a policy, whichever it is", () => {
    const all = resourcesOf(written, layer, policy);
    const dropped = each(written, "apps", policy, () => [{ steps: [] }]);
    expect(dropped.length).toBe(all.length);
    expect(unnoticed(written, dropped)).toEqual([]);
  });

  it("adds a policy", () => {
    const added = applications.flatMap((namespace) => [
      { name: `into ${namespace}`, spec: { pod_selector: {}, policy_types: ["Ingress"], ingress: [{}] }, namespace },
      { name: `out of ${namespace}`, spec: { pod_selector: {}, policy_types: ["Egress"], egress: [{}] }, namespace },
      {
        name: `to the internet from ${namespace}`,
        namespace,
        spec: {
          pod_selector: {},
          policy_types: ["Egress"],
          egress: [
            {
              to: [{ ip_block: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] } }],
              ports: [{ port: "443" }],
            },
          ],
        },
      },
      {
        name: `within ${namespace}`,
        namespace,
        spec: {
          pod_selector: {},
          policy_types: ["Ingress", "Egress"],
          ingress: [{ from: [{ pod_selector: {} }], ports: [{ port: "9999" }] }],
          egress: [{ to: [{ pod_selector: {} }], ports: [{ port: "9999" }] }],
        },
      },
    ]);
    const reader = { match_labels: { app: "reader" } };
    const writer = { match_labels: { app: "writer" } };
    const both = withPolicy(written, "search", {
      pod_selector: { match_expressions: [{ key: "app", operator: "In", values: ["reader", "writer"] }] },
      policy_types: ["Ingress", "Egress"],
      ingress: [{ from: [{ pod_selector: reader }], ports: [{ port: "8080", protocol: "TCP" }] }],
      egress: [{ to: [{ pod_selector: writer }], ports: [{ port: "8080", protocol: "TCP" }] }],
    });
    const mutations = added.map(({ name, namespace, spec }) => ({ name, stacks: withPolicy(written, namespace, spec) }));
    expect(unnoticed(written, [...mutations, { name: "reader to writer", stacks: both }])).toEqual([]);
  });

  it("gives pods another label", () => {
    const types = ["kubernetes_deployment_v1", "kubernetes_job_v1", "kubernetes_cron_job_v1"];
    const labelled = types.flatMap((type) =>
      each(written, "apps", type, ({ spec }) =>
        waysTo("template", spec, ["spec"]).map((steps) => ({ steps: [...steps, "metadata", "labels", "app"], to: "other" })),
      ),
    );
    expect(unnoticed(written, labelled)).toEqual([]);
  });

  it("takes a namespace its name", () => {
    const renamed = each(written, "apps", "kubernetes_namespace_v1", () => [{ steps: ["metadata", "name"], to: "other" }]);
    expect(renamed.length).toBe(applications.length);
    for (const { stacks } of renamed) expect(() => new Comparison(target, stacks).difference()).toThrow("which is not there");
  });
});

describe.each([local, prod])("what watches $name is something else when somebody", (written) => {
  const writtenStacks = new WrittenStacks(written.stacks);

  it.each(["platform", "data"])("drops a policy of the %s layer that is about it", (layer) => {
    const namespaceOf = ({ metadata }: Fields) => writtenStacks.literal(`${written.name}-${layer}`, block(metadata).namespace);
    const dropped = each(written, layer, policy, (values) => {
      const isMeant = observers.some((name) => namespaceOf(values) === name || JSON.stringify(values.spec).includes(`"${name}"`));
      return isMeant ? [{ steps: [] }] : [];
    });
    expect(unnoticed(written, dropped)).toEqual([]);
  });

  it("adds a policy", () => {
    const used = observers.filter((name) => podsOf(written.comparison).some(({ namespace }) => namespace === name));
    const added = used.flatMap((namespace) => [
      { name: `into ${namespace}`, namespace, spec: { pod_selector: {}, policy_types: ["Ingress"], ingress: [{}] } },
      { name: `out of ${namespace}`, namespace, spec: { pod_selector: {}, policy_types: ["Egress"], egress: [{}] } },
    ]);
    expect(used.length).toBeGreaterThan(2);
    expect(
      unnoticed(
        written,
        added.map(({ name, namespace, spec }) => ({ name, stacks: withPolicy(written, namespace, spec) })),
      ),
    ).toEqual([]);
  });
});

describe("a block is another one when somebody", () => {
  it("widens it", () => {
    const widened = each(dev, "apps", policy, ({ spec }) =>
      waysTo("cidr", spec, ["spec"]).map((steps) => ({
        steps,
        to: String(valueAt({ spec }, steps)).replace(/\/\d+$/, "/16"),
      })),
    );
    expect(unnoticed(dev, widened)).toEqual([]);
  });

  it("forgets what it excepts: pods are let in that pass for the laptop", () => {
    const forgotten = ["state", "platform"].flatMap((layer) =>
      each(local, layer, policy, ({ metadata, spec }) => {
        const into = ["allow-minio", "nginx-gateway-fabric-gateway"].includes(String(block(metadata).name));
        return into ? waysTo("except", block(spec).ingress, ["spec", "ingress"]).map((steps) => ({ steps })) : [];
      }),
    );
    expect(forgotten.length).toBe(2);
    expect(unnoticed(local, forgotten)).toEqual([]);
  });
});

describe("a security group is another one when somebody", () => {
  const ingress = "aws_vpc_security_group_ingress_rule";
  const egress = "aws_vpc_security_group_egress_rule";

  it("drops a rule on the way of the applications", () => {
    const dropped = ["platform", "data"].flatMap((layer) =>
      [ingress, egress].flatMap((type) => each(prod, layer, type, () => [{ steps: [] }])),
    );
    const endpoints = each(prod, "cluster", ingress, ({ description }) => (description === "HTTPS from the VPC" ? [{ steps: [] }] : []));
    expect(endpoints.length).toBe(1);
    expect(unnoticed(prod, [...dropped, ...endpoints])).toEqual([]);
  });

  it("opens more ports to a store, or to everybody", () => {
    const more = [
      { steps: ["to_port"], to: 65_535 },
      { steps: ["ip_protocol"], to: "-1" },
    ];
    // The proxy sends to no other port.
    const widened = each(prod, "data", ingress, ({ description }) => (description === "Pods of the cluster" ? more : []));
    const opened = each(prod, "data", ingress, (values) => [
      { steps: [], to: { ...values, referenced_security_group_id: undefined, cidr_ipv4: "0.0.0.0/0" } },
      { steps: [], to: { ...values, referenced_security_group_id: undefined, cidr_ipv4: "10.30.0.0/16" } },
    ]);
    expect(unnoticed(prod, [...widened, ...opened])).toEqual([]);
  });

  it("puts a store into another group", () => {
    const cluster = resourcesOf(prod, "prod-data", ingress).map(([, values]) => values.referenced_security_group_id);
    const moved = ["aws_db_instance", "aws_elasticache_replication_group"].flatMap((type) =>
      each(prod, "data", type, (values) =>
        ["vpc_security_group_ids", "security_group_ids"]
          .filter((key) => values[key] !== undefined)
          .map((key) => ({ steps: [key], to: [cluster[0]] })),
      ),
    );
    expect(unnoticed(prod, moved)).toEqual([]);
  });
});

describe("a grant is another one when somebody", () => {
  const unnoticedGrants = ({ target }: Environment, mutations: readonly Mutation[]) => {
    expect(mutations).not.toEqual([]);
    return mutations.filter(({ stacks }) => isAgreed(differenceOfGrants(target, stacks))).map(({ name }) => name);
  };
  const replaced = (values: Fields, steps: Steps, text: string, by: string): readonly Edit[] => {
    const given = String(valueAt(values, steps));
    return given.includes(text) ? [{ steps, to: given.replaceAll(text, by) }] : [];
  };

  it("drops a policy of a role, or lets it do more", () => {
    const changed = each(prod, "apps", "aws_iam_role_policy", (values) => [
      { steps: [] },
      ...replaced(values, ["policy"], '"s3:GetObject"', '"s3:*"'),
      ...replaced(values, ["policy"], "/app_iam", "/*"),
      ...replaced(values, ["policy"], "-datasets-", "-*-"),
    ]);
    expect(unnoticedGrants(prod, changed)).toEqual([]);
  });

  it("gives a role to other pods", () => {
    const moved = each(prod, "apps", "aws_eks_pod_identity_association", () => [{ steps: ["service_account"], to: "frontend" }]);
    const ofStores = each(prod, "platform", "aws_eks_pod_identity_association", ({ namespace }) =>
      namespace === "monitoring" ? [{ steps: ["service_account"], to: "grafana" }] : [],
    );
    expect(ofStores.length).toBe(2); // logs and traces
    expect(unnoticedGrants(prod, [...moved, ...ofStores])).toEqual([]);
  });

  it("lets a user of MinIO do more, or gives its keys to other pods", () => {
    const allowed = each(local, "apps", "kubernetes_config_map_v1", (values) =>
      block(values.data)["policy.json"] === undefined ? [] : replaced(values, ["data", "policy.json"], '"Deny"', '"Allow"'),
    );
    const given = each(local, "apps", "kubernetes_secret_v1", ({ data }) =>
      block(data).AWS_ACCESS_KEY_ID === undefined ? [] : [{ steps: ["data", "AWS_ACCESS_KEY_ID"], to: "workload-ml-platform-backend" }],
    ).filter(({ name }) => !name.startsWith("ml-platform_backend") && !name.includes("JobSecret"));
    const swapped = each(local, "platform", "kubernetes_secret_v1", ({ data }) =>
      block(data).AWS_ACCESS_KEY_ID === "workload-loki" ? [{ steps: ["data", "AWS_ACCESS_KEY_ID"], to: "workload-tempo" }] : [],
    ).filter(({ name }) => !name.includes("JobSecret"));
    expect(unnoticedGrants(local, [...allowed, ...given, ...swapped])).toEqual([]);
  });
});
