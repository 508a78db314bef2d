import { writeFileSync } from "node:fs";
import { liftedProtection, liftsOnly } from "../../operations/lifted-protection";
import type { Fault } from "../simulation/faults";
import { servedStack } from "../simulation/served-stack";
import type { SimulatedProviders } from "../simulation/simulated-providers";
import { humanDrift, platformDrift } from "./drift";
import type { Interruption } from "./interruption";
import { overrideOf } from "./override";
import type { RealRehearsal } from "./real-rehearsal";
import { RehearsalError } from "./rehearsal-error";
import type { StackCopy } from "./stack-copy";
import { StackCanaries, stateCopy } from "./stack-canaries";
import { changesIn, StackEngine } from "./stack-engine";
import { storedResources, type KeyedResource, type StoredResource } from "./stored-resources";
import type { StateStore } from "./state-store";
import { engineVariables } from "./engine-variables";

/** What every stack of a rehearsal shares. */
export interface RehearsalSite {
  /** Private folder. */
  readonly work: string;
  readonly providers: SimulatedProviders;
  readonly store: StateStore;
  readonly interruption: Interruption;
  /** The real provider beside them. @default none */
  readonly real?: RealRehearsal;
  /** What simulated providers do wrong, by stack: for tests. @default nothing */
  readonly faults?: Readonly<Record<string, Fault>>;
}

/** One stack on its way from nothing to nothing. Every step throws when it does not end as it must. */
export class StackRehearsal {
  /** All variables of its engine; none before {@link open}. */
  variables: NodeJS.ProcessEnv = {};
  /** How many secrets it has that were looked for. @default they were not */
  canaries?: number;
  /** The last plan of {@link drift}, as JSON. */
  private driftPlan?: string;

  constructor(
    readonly copy: StackCopy,
    readonly site: RehearsalSite,
  ) {}

  get name(): string {
    return this.copy.stack.name;
  }

  /** Starts the providers and reaches the backend. */
  async open(): Promise<void> {
    const { json } = this.copy;
    const { work, providers, store, faults = {} } = this.site;
    await store.prepare(this.copy);
    this.copy.override(overrideOf(json, { endpoint: store.endpoint }));
    const fault = faults[this.name];
    const reattach = await providers.ask("serve", { ...servedStack(this.name, json), ...(fault ? { fault } : {}) });
    this.variables = engineVariables({ work, endpoint: store.endpoint, reattach });
    await this.engine.init();
  }

  async validate(): Promise<void> {
    await this.engine.validate();
  }

  /** What a plan says, as JSON. */
  planJson(): Promise<string> {
    return this.engine.planJson();
  }

  /** Plans, and applies the plan: all resources exist then, and the state has them. @returns how many */
  async apply(): Promise<string> {
    await this.engine.plan();
    await this.engine.apply();
    const { resources } = this.copy.stack;
    const state = await this.engine.state();
    writeFileSync(stateCopy(this.copy.folder), state, { mode: 0o600 }); // for whoever keeps the folder
    const stored = storedResources(state).length;
    if (stored !== resources) {
      throw new RehearsalError(this.name, `${stored} resources are in the state after the apply, must be ${resources}`);
    }
    return `${resources} resources`;
  }

  /** Plans again: nothing may want to change. @param when for the message, e.g. `right after its apply` */
  async planAgain(when: string): Promise<string> {
    const changes = await this.engine.changes();
    if (changes !== undefined) throw new RehearsalError(this.name, `planned again ${when}, and something would change`, changes);
    return "nothing changes";
  }

  /**
   * Changes what exists behind the engine's back: it must leave alone what the platform does, and see what a person does.
   * @returns how many resources were changed by whom
   */
  async drift(): Promise<string> {
    const objects = await this.engine.stored();
    const byPlatform = platformDrift(objects);
    if (byPlatform.length > 0) {
      await this.change(objects, byPlatform);
      await this.planAgain(`after the platform has changed ${addressesOf(byPlatform)}`);
    }
    const byPeople = humanDrift(objects);
    if (byPeople.length > 0) {
      await this.change(objects, byPeople);
      this.driftPlan = await this.engine.planJson();
      const seen = changesIn(this.driftPlan).map(({ address }) => address);
      const unseen = byPeople.filter(({ address }) => !seen.includes(address));
      if (unseen.length > 0) {
        const others = seen.length === 0 ? "nothing" : seen.join(", ");
        throw new RehearsalError(
          this.name,
          `somebody has changed ${addressesOf(unseen)}, and a plan changes ${others}; what does ignore_changes hide?`,
        );
      }
    }
    await this.change(objects, objects);
    return `${byPlatform.length} by the platform left alone, ${byPeople.length} by people seen`;
  }

  /** Looks for the secrets of all stacks in what there is of this one. @returns what was found */
  async searchCanaries(): Promise<string> {
    this.canaries = await new StackCanaries(this.copy, this.site.providers).search(this.driftPlan ?? (await this.engine.lastPlanJson()));
    return `${this.canaries} secrets of its own, and none where it may not be`;
  }

  /**
   * Destroys the stack: refused first where it is protected, and done once the protection was lifted.
   * @returns how it went
   */
  async destroy(): Promise<string> {
    const { prevented, refused } = liftedProtection(this.copy.json);
    const unguarded = refused.filter((address) => !prevented.includes(address));
    if (unguarded.length > 0) {
      throw new RehearsalError(
        this.name,
        `the cloud keeps ${unguarded.join(", ")}, but the engine would destroy all around it; set preventDestroy`,
      );
    }
    if (prevented.length > 0) {
      await this.beRefused(prevented);
      this.copy.override(overrideOf(this.copy.json, { endpoint: this.site.store.endpoint, liftProtection: true }));
    }
    if (refused.length > 0) await this.liftInCloud(refused);
    await this.engine.destroy();
    await this.assertGone();
    await new StackCanaries(this.copy, this.site.providers).searchOutput();
    this.copy.assertUnchanged();
    await this.site.providers.ask("end", this.name);
    return prevented.length > 0 ? "refused, then done without its protection" : "done";
  }

  /** Nothing is left, in the state and in the simulated cloud. */
  private async assertGone(): Promise<void> {
    const stored = await this.engine.stored();
    if (stored.length > 0) throw new RehearsalError(this.name, `${addressesOf(stored)} is left in the state after the destroy`);
    const remaining = await this.site.providers.ask("remaining", this.name);
    if (remaining.length > 0)
      throw new RehearsalError(this.name, `${remaining.join(", ")} still exists after the destroy, and no state knows it`);
  }

  /** The engine refuses to destroy what is protected, and has destroyed nothing when it does. */
  private async beRefused(prevented: readonly string[]): Promise<void> {
    const before = await this.site.providers.ask("remaining", this.name);
    const refusal = await this.engine.refusal();
    const after = await this.site.providers.ask("remaining", this.name);
    const what = `${prevented.join(", ")} has prevent_destroy`;
    if (refusal === undefined) throw new RehearsalError(this.name, `${what}, but a destroy was not refused`);
    if (after.length !== before.length) {
      throw new RehearsalError(
        this.name,
        `${what}, and a destroy was refused, but ${before.length - after.length} resources are gone`,
        refusal,
      );
    }
  }

  /** The cloud's own protection needs an apply, which may change nothing else. */
  private async liftInCloud(refused: readonly string[]): Promise<void> {
    const others = (await this.engine.plannedChanges()).filter((change) => !(refused.includes(change.address) && liftsOnly(change)));
    if (others.length > 0) {
      const also = others.map(({ address }) => address).join(", ");
      throw new RehearsalError(
        this.name,
        `lifting the protection of ${refused.join(", ")} would do more to ${also}; an argument must not depend on a protection`,
      );
    }
    await this.engine.apply();
  }

  private async change(stored: readonly KeyedResource[], objects: readonly StoredResource[]): Promise<void> {
    for (const { key, address } of stored) {
      const changed = objects.find((object) => object.address === address);
      // What is the engine's own, e.g. terraform_data, has no provider of ours, and no key.
      if (changed && key !== "") await this.site.providers.ask("drift", { key, values: changed.values });
    }
  }

  private get engine(): StackEngine {
    return new StackEngine(this.copy.folder, this.variables, this.site.interruption);
  }
}

function addressesOf(objects: readonly StoredResource[]): string {
  return objects.map(({ address }) => address).join(", ");
}
