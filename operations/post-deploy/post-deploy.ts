import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connectionCheckAccount } from "../../constructs/workload/connection-check";
import type { Environment } from "../../environments/environment";
import { releasedLayer } from "../release";
import type { CommandRunner } from "../run-command";
import type { SynthesizedStack } from "../stacks";
import type { TerraformJson } from "../terraform-json";
import { patiently, type CheckResult, type PostDeployCheck } from "./check-result";
import type { KubectlAccess } from "./cluster-access";
import { dataReachable } from "./data-reachable";
import { deploymentsIn, externalSecretsIn, namespacesIn, routesIn } from "./deployed-objects";
import { imagesSigned } from "./images-signed";
import { Kubectl } from "./kubectl";
import { podsReady } from "./pods-ready";
import { policiesEnforced } from "./policies-enforced";
import { routesAnswer, type RouteAddress } from "./routes-answer";
import { secretsSynced } from "./secrets-synced";

export interface PostDeployOptions {
  readonly environment: Environment;
  /** Its stacks: what there has to be is read from them. */
  readonly stacks: readonly SynthesizedStack[];
  readonly run: CommandRunner;
  readonly access: KubectlAccess;
  readonly addressOf: RouteAddress;
  /** How long is looked until a check passes, in seconds. */
  readonly patience: number;
  /** Shows a check while it runs. */
  readonly step: <Result>(text: string, work: () => Promise<Result>, ended: (result: Result) => string) => Promise<Result>;
}

/** Looks at an environment as those see it who use it. All checks run, whatever they find. */
export async function checkDeployment(options: PostDeployOptions): Promise<readonly CheckResult[]> {
  const { patience, step } = options;
  const results: CheckResult[] = [];
  for (const check of checksOf(options)) {
    const words = (result: CheckResult) => (result.passed ? result.found : "failed");
    results.push(await step(`checking ${check.name}`, () => patiently(check, patience), words));
  }
  return results;
}

function checksOf({ environment, stacks, run, access, addressOf }: PostDeployOptions): readonly PostDeployCheck[] {
  const { mode, signingKeys } = environment.policies;
  const kubectl = new Kubectl(run, access.flags);
  const all = stacks.map(readJson);
  const applications = namespacesIn(stacks.filter(({ layer }) => layer === releasedLayer).map(readJson));
  const checker = connectionCheckAccount.serviceAccount;
  return [
    podsReady(kubectl, namespacesIn(all)),
    secretsSynced(kubectl, externalSecretsIn(all)),
    dataReachable(kubectl, deploymentsIn(all, checker), checker),
    routesAnswer(routesIn(all), addressOf),
    policiesEnforced(kubectl, applications, mode === "enforce"),
    imagesSigned(kubectl, applications, signingKeys.length > 0),
  ];
}

/** Rows of the table: check, whether it passed, what was found. */
export function checkRows(results: readonly CheckResult[]): readonly (readonly string[])[] {
  return results.map(({ check, passed, found }) => [check, passed ? "ok" : "failed", found]);
}

/** One line for each thing to do. */
export function fixLines(results: readonly CheckResult[]): readonly string[] {
  return results.flatMap(({ check, passed, fix }) => (passed || fix === undefined ? [] : [`${check}: ${fix}`]));
}

function readJson({ folder }: SynthesizedStack): TerraformJson {
  return JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson;
}
