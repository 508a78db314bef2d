import type { S3Client } from "@aws-sdk/client-s3";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../../../environments/load";
import { s3Client } from "../../../operations/s3-client";
import { synthesizedStacks, type SynthesizedStack } from "../../../operations/stacks";
import { Interruption } from "../../../rehearsal/loop/interruption";
import { StackCopy } from "../../../rehearsal/loop/stack-copy";
import { StackRehearsal } from "../../../rehearsal/loop/stack-rehearsal";
import { StateStore } from "../../../rehearsal/loop/state-store";
import { makeHome } from "../../../rehearsal/loop/engine-variables";
import { motoCredentials, MotoServer } from "../../../rehearsal/moto/moto-server";
import type { Fault } from "../../../rehearsal/simulation/faults";
import { SimulatedProviders } from "../../../rehearsal/simulation/simulated-providers";
import { FaultyStack } from "./faulty-stack";
import { StateObject } from "./state-object";
import { Wire } from "./wire";

/** The environments on AWS, and all that an engine needs to deploy them, for tests that make it go wrong. */
export class FaultSite {
  private readonly interruption = new Interruption();

  private constructor(
    private readonly work: string,
    private readonly stacks: readonly SynthesizedStack[],
    private readonly moto: MotoServer,
    private readonly s3: S3Client,
    /** Leads to the S3 API that keeps the states. */
    readonly wire: Wire,
    readonly providers = SimulatedProviders.start(),
    private readonly store = new StateStore(wire),
  ) {}

  static async start(python: string): Promise<FaultSite> {
    const work = mkdtempSync(join(tmpdir(), "evenkeel-faults-"));
    makeHome(work);
    const outdir = join(work, "synthesized");
    mkdirSync(outdir);
    const stacks = synthesizedStacks(loadEnvironments({ names: ["dev", "staging", "prod"], variables: {} }), outdir);
    const moto = await MotoServer.start(python);
    const s3 = s3Client({ endpoint: moto.url, credentials: motoCredentials, region: "us-east-1", forcePathStyle: true });
    return new FaultSite(work, stacks, moto, s3, await Wire.to(moto.url));
  }

  /** A stack whose engine has reached its backend and its providers. */
  async open(name: string, fault?: Fault): Promise<FaultyStack> {
    const stack = this.stacks.find((candidate) => candidate.name === name);
    if (stack === undefined) throw new Error(`no stack ${name}`);
    const { work, providers, store, interruption } = this;
    const site = { work, providers, store, interruption, faults: fault ? { [name]: fault } : {} };
    const rehearsal = new StackRehearsal(StackCopy.make(stack, work), site);
    await rehearsal.open();
    return new FaultyStack(rehearsal, new StateObject(this.s3, stack.state), providers);
  }

  async stop(): Promise<void> {
    this.interruption.close();
    this.store.close();
    this.s3.destroy();
    await Promise.all([this.wire.close(), this.providers.stop(), this.moto.stop()]);
    rmSync(this.work, { recursive: true });
  }
}
