import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { customResources } from "../../../constructs/access/custom-resources";
import { chartNames } from "../../../constructs/ledger/charts";
import { chartDataVariable, machineVariable } from "../../../environments/variables";

/** What the charts of the ledger bring, one line for each version of a type. */
const facts = join(machineVariable(chartDataVariable) ?? "", "CRDS.tsv");

/** Groups that people have no business with: obsolete, experimental, the operators' own, or full of secrets. */
const leftOut = [
  "aga.k8s.aws",
  "autoscaling.x-k8s.io",
  "eventing.keda.sh",
  "gateway.k8s.aws",
  "gateway.networking.x-k8s.io",
  "generators.external-secrets.io",
  "kyverno.io",
  "reports.kyverno.io",
];

describe("the custom resources that people have rights on", () => {
  it("are sorted, and none is there twice", () => {
    expect(Object.keys(customResources)).toEqual(Object.keys(customResources).sort());
    for (const types of Object.values(customResources)) expect(types).toEqual([...new Set(types)].sort());
  });

  const itWithFacts = existsSync(facts) ? it : it.skip;

  itWithFacts(
    `are those of the charts, no type forgotten and none misspelt (skipped unless ${chartDataVariable} names a folder with CRDS.tsv)`,
    () => {
      const renamed: Readonly<Record<string, string>> = { "cnpg-plugin-barman-cloud": "plugin-barman-cloud" };
      const brought = readFileSync(facts, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t"))
        .filter(
          ([chart = "", group = ""]) => (chartNames as readonly string[]).includes(renamed[chart] ?? chart) && !leftOut.includes(group),
        )
        .map(([, group, , , plural]) => `${plural}.${group}`);
      const ours = Object.entries(customResources).flatMap(([group, types]) => types.map((type) => `${type}.${group}`));
      expect(ours.sort()).toEqual([...new Set(brought)].sort());
    },
  );
});
