import { declaredGaps } from "../../environments/declared-gaps";
import { environmentNames, type EnvironmentName } from "../../environments/environment";
import { loadEnvironments } from "../../environments/load";
import { capabilities } from "../../parity/capabilities";
import { environmentJsons, type EnvironmentJson } from "../../parity/environment-json";
import type { Finding } from "../../parity/finding";
import { cellsOf, type Cell, type ClaimResult } from "../../parity/matrix";
import { OutputTypes } from "../../parity/output-type";
import type { Place } from "../../parity/place";
import { judged } from "../../parity/problems";
import { variablePlaces, workloadVariables } from "../../parity/workload-variables";
import { edited, withoutConstructs, type Change } from "./edited";

const loaded = loadEnvironments({ variables: {} });
const environments = environmentJsons(loaded);
const options = { capabilities, types: new OutputTypes(), gaps: declaredGaps, today: loaded.today };
const cells = new Map(environments.map((environment) => [environment.name, cellsOf(capabilities, environment)]));

/** What the report says when one environment is another than the committed one. */
function problemsWith(changed: EnvironmentJson): readonly string[] {
  const all = environments.map((environment) => (environment.name === changed.name ? changed : environment));
  const judgedCells = all.flatMap((environment) =>
    environment === changed ? cellsOf(capabilities, changed) : (cells.get(environment.name) ?? []),
  );
  return judged(all, judgedCells, options).problems;
}

/** An edit of an environment's JSON that the report has to notice. */
interface Mutation {
  readonly name: string;
  readonly environment: EnvironmentJson;
  readonly place: Pick<Place, "stack" | "steps">;
  readonly change: Change;
}

function unnoticed(mutations: readonly Mutation[]): readonly string[] {
  return mutations
    .filter(({ environment, place, change }) => problemsWith(edited(environment, place, change)).length === 0)
    .map(({ name }) => name);
}

const environmentOf = (name: EnvironmentName): EnvironmentJson => {
  const found = environments.find((environment) => environment.name === name);
  if (found === undefined) throw new Error(`no environment ${name}`);
  return found;
};

/** What speaks for a claim is taken away, turned round, and goes with its whole resource. */
function mutationsOf(environment: EnvironmentJson, cell: Cell, claim: ClaimResult): readonly Mutation[] {
  return claim.findings.flatMap((finding) =>
    changesOf(finding).map(([what, place, change]) => mutation(environment, cell, claim, what, place, change)),
  );
}

function mutation(environment: EnvironmentJson, cell: Cell, claim: ClaimResult, what: string, place: Place, change: Change): Mutation {
  return { name: `${cell.capability} ${cell.guarantee} ${claim.claim}: ${what} ${place.path}`, environment, place, change };
}

function changesOf({ place }: Finding): readonly (readonly [string, Place, Change])[] {
  const resource = { ...place, steps: place.steps.slice(0, 3) };
  const whole: readonly (readonly [string, Place, Change])[] =
    place.steps[0] === "resource"
      ? [["no resource", Object.assign(Object.create(Object.getPrototypeOf(place) as object) as Place, resource), () => undefined]]
      : [];
  if (place.value === undefined) return [...whole, ["something at", place, () => "mutated"]];
  return [...whole, ["nothing at", place, () => undefined], ["the contrary at", place, contrary]];
}

function contrary(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return 0;
  if (typeof value === "string") return /^\d+$/.test(value) ? "0" : "mutated";
  return Array.isArray(value) ? [] : { mutated: "mutated" };
}

const judgedOnce = judged(environments, [...cells.values()].flat(), options);

test("the committed environments are green", () => {
  expect(judgedOnce.problems).toEqual([]);
});

describe.each(environmentNames)("in %s", (name) => {
  const environment = environmentOf(name);
  const own = cells.get(name) ?? [];

  it.each(capabilities.map((capability) => capability.name))("no edit of what proves a guarantee of %s passes unnoticed", (capability) => {
    const mutations = own
      .filter((cell) => cell.capability === capability)
      .flatMap((cell) => cell.claims.filter(({ met }) => met).flatMap((claim) => mutationsOf(environment, cell, claim)));
    expect(mutations.length).toBeGreaterThan(0);
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

  it.each(capabilities.map((capability) => capability.name))("the loss of %s is noticed", (capability) => {
    const { constructs } = capabilities.find((one) => one.name === capability) ?? { constructs: [] };
    const lost = withoutConstructs(environment, constructs);
    expect(problemsWith(lost)).toContainEqual(expect.stringMatching(new RegExp(`^${name}: ${capability} is lacking`)));
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
