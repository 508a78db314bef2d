import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AwsEnvironment } from "../../environments/environment";
import { loadEnvironments, type LoadedEnvironments } from "../../environments/load";
import { onAws } from "../../environments/targets";
import { valuesVariable } from "../../environments/variables";
import type { CommandRunner } from "../../operations/run-command";
import { s3Client } from "../../operations/s3-client";
import { synthesizedStacks, type SynthesizedStack } from "../../operations/stacks";
import type { TerraformJson } from "../../operations/terraform-json";
import { engineVariables, makeHome } from "../../rehearsal/loop/engine-variables";
import { overrideOf } from "../../rehearsal/loop/override";
import { overrideFile, StackCopy } from "../../rehearsal/loop/stack-copy";
import { StateStore } from "../../rehearsal/loop/state-store";
import { motoAccount, motoCredentials, MotoServer } from "../../rehearsal/moto/moto-server";
import type { Fault } from "../../rehearsal/simulation/faults";
import { servedStack } from "../../rehearsal/simulation/served-stack";
import { SimulatedProviders } from "../../rehearsal/simulation/simulated-providers";
import { surroundProcess } from "../surround-process";
import { answered } from "./checks/fake-runner";

/** What a deployment in another process needs to work here. */
export interface SharedSite {
  readonly environment: AwsEnvironment;
  readonly stacks: readonly SynthesizedStack[];
  /** Variables of each stack's engine. */
  readonly variables: Readonly<Record<string, NodeJS.ProcessEnv>>;
  /** The S3 API of the states. */
  readonly endpoint: string;
}

export interface SiteOptions {
  /** Writes other stacks than those of the environment. @default all of them */
  readonly synthesize?: (outdir: string, loaded: LoadedEnvironments) => readonly SynthesizedStack[];
  /** What providers do wrong, by stack. @default nothing */
  readonly faults?: Readonly<Record<string, Fault>>;
}

const shipped: NonNullable<SiteOptions["synthesize"]> = (outdir, loaded) => synthesizedStacks(loaded, outdir);

/** An environment on AWS, its copies, simulated providers and an S3 API: all that its deployment, rollback and end need. */
export class DeploySite {
  private constructor(
    readonly shared: SharedSite,
    readonly providers: SimulatedProviders,
    private readonly work: string,
    private readonly moto: MotoServer,
    private readonly store: StateStore,
    private readonly restore: () => void,
  ) {}

  static async start(python: string, name: "dev" | "prod", { synthesize = shipped, faults = {} }: SiteOptions = {}): Promise<DeploySite> {
    const work = mkdtempSync(join(tmpdir(), "evenkeel-deploy-"));
    makeHome(work);
    const loaded = loadEnvironments({ names: [name], variables: { ...owned(name), [valuesVariable]: writeValues(work) } });
    const [environment] = onAws(loaded.environments);
    if (environment === undefined) throw new Error(`${name} is not on AWS`);
    const synthesized = synthesizedBelow(work, (outdir) => synthesize(outdir, loaded));
    const providers = SimulatedProviders.start();
    const moto = await MotoServer.start(python);
    const store = new StateStore(moto);
    const stacks: SynthesizedStack[] = [];
    const variables: Record<string, NodeJS.ProcessEnv> = {};
    for (const stack of synthesized) {
      const copy = StackCopy.make(stack, work);
      await store.prepare(copy);
      const fault = faults[stack.name];
      const reattach = await providers.ask("serve", { ...servedStack(stack.name, copy.json), ...(fault ? { fault } : {}) });
      variables[stack.name] = engineVariables({ work, endpoint: moto.url, reattach });
      stacks.push({ ...stack, folder: copy.folder });
    }
    const shared = { environment, stacks, variables, endpoint: moto.url };
    return new DeploySite(shared, providers, work, moto, store, surroundProcess(moto.variables));
  }

  /** Changes what was synthesized for a layer, as another commit would. */
  change(layer: string, change: (json: TerraformJson) => TerraformJson): void {
    const stack = this.stack(layer);
    writeFileSync(join(stack.folder, "cdk.tf.json"), JSON.stringify(change(configurationOf(stack))));
  }

  stack(layer: string): SynthesizedStack {
    const found = this.shared.stacks.find((stack) => stack.layer === layer);
    if (found === undefined) throw new Error(`no layer ${layer}`);
    return found;
  }

  /** How many objects exist of a layer. */
  async existing(layer: string): Promise<number> {
    return (await this.providers.ask("remaining", this.stack(layer).name)).length;
  }

  /** Files in the environment's folder on this machine. */
  get files(): readonly string[] {
    const folder = join(this.work, ".state", this.shared.environment.name);
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  /** What the engine has said to people. */
  get logs(): string {
    const folder = join(this.work, ".state", this.shared.environment.name, "logs");
    return readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
  }

  /** Removes an object from the bucket of the states. */
  async remove(key: string): Promise<void> {
    const { endpoint, stacks } = this.shared;
    const [bucket = ""] = stacks.flatMap(({ state }) => (state.in === "bucket" ? [state.bucket] : []));
    const s3 = s3Client({ endpoint, credentials: motoCredentials, region: "us-east-1", forcePathStyle: true });
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    s3.destroy();
  }

  /** Writes what another process needs. @returns the path */
  write(): string {
    const file = join(this.work, "site.json");
    writeFileSync(file, JSON.stringify(this.shared));
    return file;
  }

  /** Variables by which another process finds the S3 API. */
  get machine(): Readonly<Record<string, string | undefined>> {
    return this.moto.variables;
  }

  async stop(): Promise<void> {
    this.restore();
    this.store.close();
    await Promise.all([this.providers.stop(), this.moto.stop()]);
    rmSync(this.work, { recursive: true });
  }
}

/** Synthesizes into a folder of a site; leaves nothing behind when that fails. */
function synthesizedBelow(work: string, synthesize: (outdir: string) => readonly SynthesizedStack[]): readonly SynthesizedStack[] {
  const outdir = join(work, "synthesized");
  mkdirSync(outdir);
  try {
    return synthesize(outdir);
  } catch (error) {
    rmSync(work, { recursive: true });
    throw error;
  }
}

/** The configuration of a stack. */
export function configurationOf({ folder }: Pick<SynthesizedStack, "folder">): TerraformJson {
  return JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson;
}

/** Has the engine work where a stack is, with its own providers and the S3 API of the site. */
export function placeOn({ variables, endpoint }: SharedSite) {
  return ({ name, folder }: SynthesizedStack) => {
    writeFileSync(join(folder, overrideFile), JSON.stringify(overrideOf(configurationOf({ folder }), { endpoint })));
    return { folder, variables: variables[name] ?? {} };
  };
}

/** Answers of a shell that has everything. What hangs on the cluster in the account is asked for, too: there is nothing. */
export const readyShell: CommandRunner = async (command, args) => {
  const line = [command, ...args].join(" ");
  if (line.endsWith("version")) return answered(command === "aws" ? "aws-cli/2.31.0 Python/3.13" : "Terraform v1.11.4");
  if (line.startsWith("aws sts"))
    return answered(JSON.stringify({ Account: motoAccount, Arn: `arn:aws:iam::${motoAccount}:role/deployer` }));
  if (line.includes("rev-parse")) return answered("0123456789abcdef0123456789abcdef01234567\n");
  if (line.includes("status --porcelain")) return answered("");
  throw new Error(`unexpected command: ${line}`);
};

/** The reader's own values that no variable of theirs gives: a file of them. @returns the path */
function writeValues(work: string): string {
  const mail = { to: ["team@platform.test"], from: "alerts@platform.test", server: "smtp.platform.test" };
  const file = join(work, "values.json");
  writeFileSync(file, JSON.stringify({ prod: { observability: { alerting: { receivers: { mail } } } } }));
  return file;
}

/** The reader's own values, where placeholders are committed. */
function owned(name: string): Readonly<Record<string, string>> {
  const values = {
    ACCOUNT_ID: motoAccount,
    DOMAIN: `${name}.platform.test`,
    HOSTED_ZONE_ID: "Z0123456789ABCDEFGHIJ",
    HOSTED_ZONE_NAME: `${name}.platform.test`,
    CERTIFICATE_EMAIL: "platform@platform.test",
    ...(name === "dev" ? { API_CIDRS: "8.8.8.0/24" } : {}),
  };
  return Object.fromEntries(Object.entries(values).map(([suffix, value]) => [`EVENKEEL_${name.toUpperCase()}_${suffix}`, value]));
}
