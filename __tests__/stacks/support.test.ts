import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { tmpdir } from "node:os";
import { charts } from "../../constructs/ledger/charts";
import { engines } from "../../constructs/ledger/engines";
import type { LedgerEntries, LedgerEntry } from "../../constructs/ledger/ledger-entry";
import { ConfigurationError, describe as told } from "../../constructs/shared/errors";
import type { EnvironmentName } from "../../environments/environment";
import { loadEnvironments } from "../../environments/load";
import type { EnvironmentStacks } from "../../stacks/environment-stacks";
import { endingSupport, supportNotice, supportProblems } from "../../stacks/support";
import { synthesizedEnvironments } from "./synthesized-environments";

const today = "2027-05-10";

/** Something that runs a version. */
class Running extends Construct {
  constructor(
    scope: Construct,
    id: string,
    readonly ledgerEntries: LedgerEntries,
  ) {
    super(scope, id);
  }
}

function until(ends: string): LedgerEntry {
  return { version: "v1.2.3", source: "https://example.com", licence: "Apache-2.0", support: { ends, saidBy: "project" } };
}

/** An environment with one stack that runs something until each of the days, below another construct. */
function environmentWith(name: EnvironmentName, ...days: readonly string[]): EnvironmentStacks {
  const stack = new TerraformStack(Testing.app({ outdir: tmpdir() }), `${name}-platform`);
  const below = new Construct(stack, "Below");
  for (const [index, day] of days.entries()) new Running(below, `Part${index}`, { [`chart-${index}`]: until(day) });
  return { environment: { name }, ordered: [stack] } as unknown as EnvironmentStacks;
}

const endingIn = (name: EnvironmentName, ...days: readonly string[]) => endingSupport(environmentWith(name, ...days), today);

describe("endingSupport", () => {
  it.each([
    ["2027-05-09", true], // yesterday was the last day
    ["2027-05-10", false], // today is
    ["2027-08-08", false], // 90 days ahead
  ])("tells of what is supported until %s; ended: %s", (ends, ended) => {
    expect(endingIn("dev", ends)).toEqual([
      { environment: "dev", name: "chart-0", version: "v1.2.3", ends, ended, path: "dev-platform/Below/Part0" },
    ]);
  });

  it("says nothing of what is supported for 91 days and more", () => {
    expect(endingIn("dev", "2027-08-09", "2028-01-01")).toEqual([]);
  });

  it("begins with what ends first", () => {
    expect(endingIn("dev", "2027-06-01", "2027-04-01", "2027-05-01").map(({ ends }) => ends)).toEqual([
      "2027-04-01",
      "2027-05-01",
      "2027-06-01",
    ]);
  });
});

describe("supportProblems", () => {
  it("fails when production runs what is out of support: all of it is told", () => {
    expect(supportProblems(endingIn("prod", "2027-05-09", "2027-05-10", "2026-01-01"), today).map(told)).toEqual([
      'prod-platform/Below/Part2: version of chart-2 is "v1.2.3", must be supported on 2027-05-10: its support ended on 2026-01-01; upgrade it, docs/capabilities/addons.md says how',
      'prod-platform/Below/Part0: version of chart-0 is "v1.2.3", must be supported on 2027-05-10: its support ended on 2027-05-09; upgrade it, docs/capabilities/addons.md says how',
    ]);
  });

  it.each(["local", "dev", "staging"] as const)("lets %s go on, so that the upgrade can be tried there", (name) => {
    expect(supportProblems(endingIn(name, "2027-05-09"), today)).toEqual([]);
  });
});

describe("supportNotice", () => {
  it("has one line for each, and is nothing where nothing ends", () => {
    expect(supportNotice(endingIn("dev", "2027-05-09", "2027-06-01"))).toBe(
      [
        "Production refuses what is out of support. Upgrade before, docs/capabilities/addons.md says how:",
        "  dev: support of chart-0 v1.2.3 ended on 2027-05-09 (dev-platform/Below/Part0)",
        "  dev: support of chart-1 v1.2.3 ends on 2027-06-01 (dev-platform/Below/Part1)",
      ].join("\n"),
    );
    expect(supportNotice([])).toBeUndefined();
  });
});

describe("the committed environments", () => {
  const only = (name: EnvironmentName) => loadEnvironments({ names: [name], variables: {} });
  const lastDay = engines.kubernetes["1.35"].support.ends;

  it("synthesize in production on the day that their versions were chosen", () => {
    expect(() => synthesizedEnvironments({ ...only("prod"), today: "2026-11-21" })).not.toThrow();
  });

  it("fail in production once the first of their versions is out of support, by the versions' own days", () => {
    const after = "2028-12-31";
    expect(() => synthesizedEnvironments({ ...only("prod"), today: after })).toThrow(ConfigurationError);
    expect(() => synthesizedEnvironments({ ...only("prod"), today: after })).toThrow(
      `prod-cluster/Cluster: version of kubernetes is "1.35", must be supported on ${after}: its support ended on ${lastDay}`,
    );
    expect(() => synthesizedEnvironments({ ...only("prod"), today: after })).toThrow(
      `version of cert-manager is "${charts["cert-manager"].version}", must be supported on ${after}`,
    );
  });

  it("go on elsewhere with a warning in the manifest, which cdktf-cli prints, and write the same Terraform on every day", () => {
    const early = synthesizedEnvironments({ ...only("dev"), today: "2026-11-21" }).files;
    const late = synthesizedEnvironments({ ...only("dev"), today: "2028-12-31" }).files;
    expect(Object.keys(late).filter((path) => late[path] !== early[path])).toEqual(["manifest.json"]);
    expect(early["manifest.json"]).not.toContain("Production refuses what is out of support");
    expect(late["manifest.json"]).toContain(`dev: support of kubernetes 1.35 ended on ${lastDay} (dev-cluster/Cluster)`);
    expect(JSON.parse(late["manifest.json"] ?? "{}")).toMatchObject({ stacks: { "dev-state": { annotations: expect.any(Array) } } });
  });
});
