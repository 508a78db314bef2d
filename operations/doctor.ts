import { resolve } from "node:path";
import { localPaths } from "../constructs/shared/local-paths";
import { localNames } from "../constructs/shared/naming";
import type { AwsEnvironment, Environment, LocalEnvironment } from "../environments/environment";
import { onAws, onLaptop } from "../environments/targets";
import { engineBinary, outputFolder } from "../environments/variables";
import { engines } from "../package.json";
import { checkAccount, checkCredentials, checkEndpoint, checkStateBucket } from "./checks/aws-account";
import { guarded, type Finding } from "./checks/check";
import { checkDisk, checkDocker, checkHostPorts, checkInotify } from "./checks/laptop";
import { checkStateStore } from "./checks/state-store";
import { checkAwsCli, checkEngine, checkNode } from "./checks/tools";
import type { CommandRunner } from "./run-command";

/** Looks at everything that the environments need of this machine. Changes nothing, and never fails itself. */
export async function examine(environments: readonly Environment[], run: CommandRunner): Promise<readonly Finding[]> {
  const [tools, laptop, aws] = await Promise.all([
    examineTools(run),
    Promise.all(onLaptop(environments).map((environment) => examineLaptop(environment, run))),
    examineAws(onAws(environments), run),
  ]);
  return [...tools, ...laptop.flat(), ...aws];
}

function examineTools(run: CommandRunner): Promise<readonly Finding[]> {
  return Promise.all([
    guarded("node", () => checkNode(process.version, engines.node)),
    guarded("engine", () => checkEngine(run, engineBinary())),
  ]);
}

/** What has to be right before a Kind cluster is made. */
export async function examineCluster(environment: LocalEnvironment, run: CommandRunner): Promise<readonly Finding[]> {
  const all = await Promise.all([
    guardedList("docker", () => checkDocker(run)),
    guardedList("fs.inotify", () => checkInotify(process.platform)),
    guardedList("disk", () => [checkDisk(process.cwd())]),
    guardedList("ports", () => checkHostPorts(run, environment, localNames(environment).cluster)),
  ]);
  return all.flat();
}

async function examineLaptop(environment: LocalEnvironment, run: CommandRunner): Promise<readonly Finding[]> {
  const credentials = resolve(outputFolder(), "stacks", `${environment.name}-state`, localPaths(environment).credentials);
  const stateStore = guarded("state store", () => checkStateStore(environment, credentials));
  return [...(await examineCluster(environment, run)), await stateStore];
}

async function examineAws(environments: readonly AwsEnvironment[], run: CommandRunner): Promise<readonly Finding[]> {
  const [first] = environments;
  if (first === undefined) return [];
  const cli = await guarded("aws CLI", () => checkAwsCli(run));
  const { finding, caller } = await checkCredentials(run, first.region);
  const each = await Promise.all(
    environments.map((environment) =>
      Promise.all([
        guarded(`${environment.name}: account`, () => checkAccount(environment, caller)),
        guarded(`${environment.name}: state bucket`, () => checkStateBucket(run, environment, caller)),
        guarded(`${environment.name}: API server`, () => checkEndpoint(run, environment, caller)),
      ]),
    ),
  );
  return [cli, finding, ...each.flat()];
}

async function guardedList(check: string, look: () => readonly Finding[] | Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const guard = await guarded(check, async () => {
    findings.push(...(await look()));
    return { check, status: "ok", found: "" };
  });
  return guard.status === "ok" ? findings : [guard];
}

/** Rows of the table: check, status, what was found. */
export function findingRows(findings: readonly Finding[]): readonly (readonly string[])[] {
  return findings.map(({ check, status, found }) => [check, status, found]);
}

/** One line for each thing to do. */
export function adviceLines(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ check, status, advice }) =>
    status === "ok" || advice === undefined ? [] : [`${status}: ${check}: ${advice}`],
  );
}

/** 1 when something does not work without what is missing. */
export function doctorExitCode(findings: readonly Finding[]): number {
  return findings.some(({ status }) => status === "missing") ? 1 : 0;
}
