import { declaredGaps } from "../../environments/declared-gaps";
import { environmentNames, type EnvironmentName } from "../../environments/environment";
import type { DeclaredGap } from "../../environments/gaps/declared-gap";
import { loadEnvironments } from "../../environments/load";
import { capabilities } from "../../parity/capabilities";
import type { Capability } from "../../parity/capability";
import { environmentJsons, type EnvironmentJson } from "../../parity/environment-json";
import type { Finding } from "../../parity/finding";
import { cellsOf, type Cell } from "../../parity/matrix";
import { OutputTypes } from "../../parity/output-type";
import type { Place } from "../../parity/place";
import { judged } from "../../parity/problems";
import { variablePlaces, workloadVariables } from "../../parity/workload-variables";
import { edited, withoutConstructs, type Change } from "./edited";

const loaded = loadEnvironments({ variables: {} });
const environments = environmentJsons(loaded);
const options = { capabilities, types: new OutputTypes(), gaps: declaredGaps, today: loaded.today };
const committed = environments.flatMap((environment) => cellsOf(capabilities, environment, environments));

/**
 * What the report says when one environment is another than the committed one.
 * @param affected the capabilities that are computed anew: what an edit does to others can only add to the problems. @default all
 */
function problemsWith(changed: EnvironmentJson, affected = capabilities): readonly string[] {
  const { name: place } = changed;
  const all = environments.map((one) => (one.name === place ? changed : one));
  const isAffected = (cell: Cell) => cell.environment === place && affected.some(({ name }) => name === cell.capability);
  const others = committed.filter((cell) => !isAffected(cell));
  return judged(all, [...others, ...cellsOf(affected, changed, all)], options).problems;
}

/** An edit of an environment's JSON that the report has to notice. */
interface Mutation {
  readonly name: string;
  readonly environment: EnvironmentJson;
  readonly capability: Capability;
  readonly place: Pick<Place, "stack" | "steps">;
  readonly change: Change;
}

function unnoticed(mutations: readonly Mutation[]): readonly string[] {
  return mutations
    .filter(({ environment, capability, place, change }) => problemsWith(edited(environment, place, change), [capability]).length === 0)
    .map(({ name }) => name);
}

const environmentOf = (name: EnvironmentName): EnvironmentJson => {
  const found = environments.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no environment ${name}`);
  return found;
};

/** What speaks for a claim is taken away, turned round, and goes with its whole resource. */
function changesOf({ place, permits }: Finding): readonly Omit<Mutation, "environment" | "capability">[] {
  const { path, stack, steps } = place;
  const whole = steps[0] === "resource" && permits === undefined;
  return [
    ...(whole ? [{ name: `the whole resource of ${path}`, place: { stack, steps: steps.slice(0, 3) }, change: () => undefined }] : []),
    ...(place.value === undefined
      ? [{ name: `something at ${path}`, place, change: () => "mutated" }]
      : [
          { name: `nothing at ${path}`, place, change: () => undefined },
          { name: `the contrary at ${path}`, place, change: contrary },
        ]),
  ];
}

function contrary(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return 0;
  if (typeof value === "string") return /^\d+$/.test(value) ? "0" : "mutated";
  return Array.isArray(value) ? [] : { mutated: "mutated" };
}

test("the committed environments are green", () => {
  expect(judged(environments, committed, options).problems).toEqual([]);
});

describe.each(environmentNames)("in %s", (name) => {
  const environment = environmentOf(name);
  const own = committed.filter((cell) => cell.environment === name);

  it.each(capabilities)("no edit of what proves a guarantee of $name passes unnoticed", (capability) => {
    const met = own.filter((cell) => cell.capability === capability.name).flatMap((cell) => cell.claims.filter((claim) => claim.met));
    const changes = met.flatMap(({ findings }) => findings.flatMap(changesOf)).map((change) => ({ ...change, environment, capability }));
    const mutations = [...new Map(changes.map((change) => [change.name, change])).values()];
    expect(mutations.length).toBeGreaterThanOrEqual(met.length);
    expect(unnoticed(mutations)).toEqual([]);
  });

  it("every claim that is met has evidence, and every one that is not is a declared gap", () => {
    const claims = own.flatMap((cell) => cell.claims.map((claim) => ({ cell, claim })));
    const bare = claims.filter(({ claim }) => claim.met && claim.findings.length === 0);
    const open = claims.filter(
      ({ cell, claim }) =>
        !claim.met && !declaredGaps.some(({ what }) => what.capability === cell.capability && what.claims.includes(claim.claim)),
    );
    expect([...bare, ...open].map(({ cell, claim }) => `${cell.capability} ${cell.guarantee} ${claim.claim}`)).toEqual([]);
  });

  it.each(capabilities)("the loss of $name is noticed", (capability) => {
    const lost = withoutConstructs(environment, capability.constructs);
    expect(problemsWith(lost)).toContainEqual(expect.stringMatching(new RegExp(`^${name}: ${capability.name} is lacking`)));
  });

  it.each(capabilities.flatMap(({ outputs }) => Object.entries(outputs)))(
    "the loss of output %s, and another type, is noticed",
    (output, type) => {
      const place = environment.output(output);
      const message = expect.stringMatching(new RegExp(`^${name}: output ${output} is `)) as string;
      expect(problemsWith(edited(environment, place, () => undefined))).toContainEqual(message);
      expect(problemsWith(edited(environment, place, () => (type === "list" ? "a text" : ["a list"])))).toContainEqual(message);
      expect(problemsWith(edited(environment, place, () => (type === "number" ? "5432" : 5432)))).toContainEqual(message);
    },
  );

  it.each(workloadVariables)("the loss of variable %s, and another name, is noticed", (variable) => {
    const place = variablePlaces(environment).find(({ steps }) => steps.at(-1) === variable);
    if (place === undefined) throw new Error(`no variable ${variable}`);
    const message = expect.stringContaining(`${name}: variable ${variable} of workloads is missing`) as string;
    expect(problemsWith(edited(environment, place, () => undefined))).toContainEqual(message);
    const renamed = edited(
      edited(environment, place, () => undefined),
      { ...place, steps: [...place.steps.slice(0, -1), "RENAMED"] },
      () => "x",
    );
    expect(problemsWith(renamed)).toContainEqual(message);
  });

  it("a variable that no other environment has is noticed", () => {
    const [place] = variablePlaces(environment);
    if (place === undefined) throw new Error("no variables");
    const more = edited(environment, { ...place, steps: [...place.steps.slice(0, -1), "ONLY_HERE"] }, () => "x");
    expect(problemsWith(more).filter((problem) => problem.includes("variable ONLY_HERE of workloads is missing"))).toHaveLength(3);
  });
});

describe("what is added", () => {
  const prod = environmentOf("prod");
  const data = (type: string, name: string) => ({ stack: "prod-data", steps: ["resource", type, name] });

  it("a rule that admits the whole internet is noticed", () => {
    const group = prod.parts.all("aws_security_group").find(({ steps }) => String(steps[2]).startsWith("Database_SecurityGroup"));
    const values = {
      "//": { metadata: { path: "prod-data/Database/SecurityGroup/Everybody" } },
      security_group_id: `\${aws_security_group.${String(group?.steps[2])}.id}`,
      cidr_ipv4: "0.0.0.0/0",
      ip_protocol: "-1",
    };
    const opened = edited(prod, data("aws_vpc_security_group_ingress_rule", "Everybody"), () => values);
    expect(problemsWith(opened)).toContainEqual(expect.stringContaining("isolation of database: onlyCluster is not met"));
  });

  it.each([
    ["nobody in particular", {}],
    ["an empty list", { from: [] }],
    ["every address", { from: [{ ip_block: { cidr: "0.0.0.0/0" } }] }],
    ["every namespace", { from: [{ namespace_selector: {} }] }],
  ])("a network policy that admits %s is noticed", (_, rule) => {
    const values = {
      "//": { metadata: { path: "prod-data/Elsewhere" } },
      metadata: { name: "open", namespace: "database" },
      spec: { pod_selector: {}, policy_types: ["Ingress"], ingress: [rule] },
    };
    const opened = edited(prod, data("kubernetes_network_policy_v1", "Open"), () => values);
    expect(problemsWith(opened)).toContainEqual(expect.stringContaining("isolation of database: peersNamed is not met"));
  });

  it("a bucket that nobody has closed is noticed", () => {
    const values = { "//": { metadata: { path: "prod-data/ObjectStore/Bucket-more/Resource" } }, bucket: "more" };
    const more = problemsWith(edited(prod, data("aws_s3_bucket", "More"), () => values));
    for (const claim of ["plainTextRefused", "encrypted", "closed", "versioned", "requestsLogged"]) {
      expect(more).toContainEqual(expect.stringContaining(`of objectStore: ${claim} is not met`));
    }
  });

  it("a server of the database that is not encrypted is noticed", () => {
    const values = { "//": { metadata: { path: "prod-data/Database/More" } }, replicate_source_db: "database", storage_encrypted: false };
    const more = problemsWith(edited(prod, data("aws_db_instance", "More"), () => values));
    expect(more).toContainEqual(expect.stringContaining("encryption at rest of database: volumeEncrypted is not met"));
  });
});

describe("degrees", () => {
  const ladder = [
    ["staging", "dev"],
    ["prod", "staging"],
  ] as const;

  const steps = ladder.flatMap(([name, before]) =>
    committed
      .filter(({ environment }) => environment === name)
      .flatMap((cell) =>
        cell.claims.flatMap((claim) => (claim.degree === undefined ? [] : [{ name, before, cell, claim, degree: claim.degree }])),
      ),
  );

  it("are of claims in every environment", () => {
    expect(steps.length).toBeGreaterThan(15);
  });

  it.each(steps)("$name is weaker than $before in $cell.capability $claim.claim", ({ before, cell, claim, degree }) => {
    const stronger = committed.map((other) =>
      other.environment === before && other.capability === cell.capability && other.guarantee === cell.guarantee
        ? {
            ...other,
            claims: other.claims.map((one) => (one.claim === claim.claim ? { ...one, met: claim.met, degree: degree + 1 } : one)),
          }
        : other,
    );
    const message = `${claim.claim} is weaker than in ${before}: ${degree} ${claim.unit ?? ""}`;
    expect(judged(environments, stronger, options).problems).toContainEqual(expect.stringContaining(message));
  });

  it("a shorter retention in the JSON of prod than in that of staging is noticed", () => {
    const prod = environmentOf("prod");
    const [instance] = prod.parts.all("aws_db_instance").filter((one) => one.at("backup_retention_period").value === 30);
    if (instance === undefined) throw new Error("no instance with backups of 30 days");
    const shorter = problemsWith(edited(prod, instance.at("backup_retention_period"), () => 6));
    expect(shorter).toContain(
      "prod: backup of database: kept is weaker than in staging: 6 days instead of 7 days; backups are made every day and kept",
    );
  });
});

describe("declared gaps", () => {
  it("each is needed: without it the report is red", () => {
    const without = declaredGaps.filter((gap) => {
      const gaps = declaredGaps.filter((other) => other !== gap);
      return judged(environments, committed, { ...options, gaps }).problems.length < gap.what.claims.length * gap.what.environments.length;
    });
    expect(without).toEqual([]);
  });

  it("each is noticed when it is closed", () => {
    const closed = declaredGaps.flatMap(({ what }) =>
      what.environments.flatMap((place) => what.claims.map((claim) => ({ what, place, claim }))),
    );
    const unseen = closed.filter(({ what, place, claim }) => {
      const cells = committed.map((cell) =>
        cell.capability === what.capability && cell.guarantee === what.guarantee && cell.environment === place
          ? { ...cell, claims: cell.claims.map((one) => (one.claim === claim ? { ...one, met: true } : one)) }
          : cell,
      );
      const told = `declared gap ${what.capability} ${what.guarantee}: ${claim} in ${place} is no gap any more`;
      return !judged(environments, cells, options).problems.some((problem) => problem.startsWith(told));
    });
    expect(unseen).toEqual([]);
  });

  it.each([
    ["declared twice", (gap: DeclaredGap) => [gap, gap], "is declared twice"],
    ["since a day that is none", (gap: DeclaredGap) => [{ ...gap, since: "2026-02-30" }], 'since is "2026-02-30"'],
    ["since tomorrow", (gap: DeclaredGap) => [{ ...gap, since: "9999-01-01" }], 'since is "9999-01-01"'],
    ["without a reason", (gap: DeclaredGap) => [{ ...gap, why: "because" }], 'why is "because"'],
    [
      "of a claim that does not exist",
      (gap: DeclaredGap) => [gap, { ...gap, what: { ...gap.what, claims: ["magic"] } }],
      "magic in local is no gap any more",
    ],
  ])("fails when one is %s", (_, wrong, message) => {
    const [first, ...others] = declaredGaps;
    if (first === undefined) throw new Error("no gaps");
    expect(judged(environments, committed, { ...options, gaps: [...wrong(first), ...others] }).problems).toContainEqual(
      expect.stringContaining(message),
    );
  });

  it("when dev does not encrypt any more, the gap of the laptop does not cover it", () => {
    const dev = environmentOf("dev");
    const [instance] = dev.parts.all("aws_db_instance");
    if (instance === undefined) throw new Error("no instance");
    expect(problemsWith(edited(dev, instance.at("storage_encrypted"), () => false))).toContainEqual(
      expect.stringMatching(/^dev: encryption at rest of database: volumeEncrypted is not met \(it holds in staging, prod\)/),
    );
  });
});
