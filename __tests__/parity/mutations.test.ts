import { declaredGaps } from "../../environments/declared-gaps";
import { environmentNames, type EnvironmentName } from "../../environments/environment";
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
const committed = environments.flatMap((environment) => cellsOf(capabilities, environment));

/**
 * What the report says when one environment is another than the committed one.
 * @param affected the capabilities that are computed anew: what an edit does to others can only add to the problems. @default all
 */
function problemsWith(changed: EnvironmentJson, affected = capabilities): readonly string[] {
  const all = environments.map((environment) => (environment.name === changed.name ? changed : environment));
  const isAffected = ({ capability, environment }: Cell) =>
    environment === changed.name && affected.some(({ name }) => name === capability);
  const others = committed.filter((cell) => !isAffected(cell));
  return judged(all, [...others, ...cellsOf(affected, changed)], options).problems;
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
