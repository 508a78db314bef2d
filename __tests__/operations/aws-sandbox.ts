import type { S3Client } from "@aws-sdk/client-s3";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../../environments";
import type { AwsEnvironment } from "../../environments/environment";
import { childVariables } from "../../environments/variables";
import { carriedStack } from "../../rehearsal/moto/carried-stack";
import { installedMoto } from "../../rehearsal/moto/installed-moto";
import { motoAccount, motoCredentials, MotoServer } from "../../rehearsal/moto/moto-server";
import { AttachedProviders } from "../../rehearsal/real-providers/attached-providers";
import { installProviders, type InstalledProviders, undisturbed } from "../../rehearsal/real-providers/installed-providers";
import { adaptToInstalled } from "../../rehearsal/real-providers/adapted-stack";
import { synthesizeStacks } from "../validity/stack-copies";
import { cannotRun } from "../cannot-run";
import type { TerraformJson } from "../../operations/terraform-json";
import { Checkout } from "./checkout";
import { s3Client } from "../../operations/s3-client";

/**
 * Declares tests that need AWS. Where they cannot run they are reported as skipped, with the reason; in CI they fail.
 * @param suite gets a function for its hooks and tests, when the sandbox is open
 */
export function describeWithAws(name: string, suite: (sandbox: () => AwsSandbox) => void): void {
  const parts = AwsSandbox.prepare();
  if (typeof parts !== "string") {
    describe(name, () => {
      let opened: AwsSandbox | undefined;
      beforeAll(async () => {
        opened = await AwsSandbox.open(parts);
      });
      afterAll(() => opened?.close());
      suite(() => {
        if (opened === undefined) throw new Error("the sandbox is not open");
        return opened;
      });
    });
    return;
  }
  cannotRun(`${name} cannot be tested here: ${parts}`);
}

/** What a machine needs for tests against moto: an engine, the AWS provider, and moto itself. */
interface SandboxParts {
  readonly work: string;
  readonly program: string;
  readonly installed: InstalledProviders;
}

/** An AWS account on this machine: moto, and the real AWS provider that talks to it. */
export class AwsSandbox {
  private constructor(
    readonly moto: MotoServer,
    readonly s3: S3Client,
    private readonly work: string,
    private readonly installed: InstalledProviders,
    private readonly attached: AttachedProviders,
  ) {}

  /** What is to be had of it here; what is missing, in words, otherwise. Leaves nothing behind then. */
  static prepare(): SandboxParts | string {
    const program = installedMoto();
    if (program === undefined) return "moto is not installed: python3 rehearsal/moto/install.py";
    const work = mkdtempSync(join(tmpdir(), "evenkeel-bootstrap-"));
    const [state] = synthesizeStacks(join(work, "pins"), ["dev"]);
    const installed = state ? installProviders(work, state.json.terraform.required_providers) : "no stack was synthesized";
    if (typeof installed !== "string") return { work, program, installed };
    rmSync(work, { recursive: true });
    return installed;
  }

  static async open({ work, program, installed }: SandboxParts): Promise<AwsSandbox> {
    const moto = await MotoServer.start(program);
    const attached = await AttachedProviders.start(installed, childVariables(moto.variables));
    const s3 = s3Client({ endpoint: moto.url, credentials: motoCredentials, region: "eu-central-1", forcePathStyle: true });
    return new AwsSandbox(moto, s3, work, installed, attached);
  }

  async close(): Promise<void> {
    this.s3.destroy();
    await Promise.all([this.moto.stop(), this.attached.stop()]);
    rmSync(this.work, { recursive: true });
  }

  /**
   * A fresh checkout in which an environment's state stack was synthesized.
   * @param accountId account that the environment is said to live in. @default moto's
   */
  checkout(name: "dev" | "staging", accountId = motoAccount): Checkout {
    const root = mkdtempSync(join(this.work, "checkout-"));
    const environment: AwsEnvironment = { ...environments[name], accountId };
    const outdir = join(root, "cdktf.out");
    const stack = synthesizeStacks(outdir, [name], { ...environments, [name]: environment }).find((one) => one.name === `${name}-state`);
    if (stack === undefined) throw new Error(`${name} has no state stack`);
    // No schemas, which take seconds to get: the validity suite says that this stack has nothing that an older provider lacks.
    const { json } = adaptToInstalled(stack.json, this.installed.required, {});
    writeFileSync(join(stack.folder, "cdk.tf.json"), JSON.stringify(forMoto(json), undefined, 2));
    return new Checkout(root, environment, stack.folder, this.s3, this.variables);
  }

  private get variables(): Readonly<Record<string, string | undefined>> {
    return { ...undisturbed, ...this.moto.variables, TF_REATTACH_PROVIDERS: this.attached.reattach };
  }
}

/** A stack without what moto and the provider do not do together as AWS does, or not at once. */
function forMoto(json: TerraformJson): TerraformJson {
  const { ...resource } = json.resource;
  // The provider watches a new lifecycle for a minute before it believes that AWS has taken it.
  Reflect.deleteProperty(resource, "aws_s3_bucket_lifecycle_configuration");
  return carriedStack({ ...json, resource }).json;
}
