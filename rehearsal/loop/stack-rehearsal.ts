import { writeFileSync } from "node:fs";
import { liftedProtection } from "../../operations/lifted-protection";
import type { Fault } from "../simulation/faults";
import { servedStack } from "../simulation/served-stack";
import type { SimulatedProviders } from "../simulation/simulated-providers";
import { humanDrift, platformDrift, type StateObject } from "./drift";
import type { Interruption } from "./interruption";
import { overrideOf } from "./override";
import type { RealRehearsal } from "./real-rehearsal";
import { RehearsalError } from "./rehearsal-error";
import type { StackCopy } from "./stack-copy";
import { StackEngine } from "./stack-engine";
import { stateObjects, type KeyedObject } from "./state-objects";
import type { StateStore } from "./state-store";
import { engineVariables } from "./surroundings";

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
  private surroundings: NodeJS.ProcessEnv = {};

  constructor(
    readonly copy: StackCopy,
    readonly site: RehearsalSite,
  ) {}

  get name(): string {
    return this.copy.stack.name;
  }

  /** All variables of its engine; none before {@link open}. */
  get variables(): NodeJS.ProcessEnv {
    return this.surroundings;
  }

  /** Whether the engine must refuse to destroy it. */
  get isProtected(): boolean {
    return liftedProtection(this.copy.json).prevented.length > 0;
  }

  /** Starts the providers and reaches the backend. */
  async open(): Promise<void> {
    const { json } = this.copy;
    const { work, providers, store, faults = {} } = this.site;
    await store.prepare(this.copy);
    this.copy.override(overrideOf(json, { endpoint: store.endpoint }));
    const fault = faults[this.name];
    const reattach = await providers.ask("serve", { ...servedStack(this.name, json), ...(fault ? { fault } : {}) });
    this.surroundings = engineVariables({ work, endpoint: store.endpoint, reattach });
    await this.engine.init();
  }

  async validate(): Promise<void> {
    await this.engine.validate();
  }

  /** What a plan says, as JSON. */
  planJson(): Promise<string> {
    return this.engine.planJson();
  }

  /** Plans, and applies the plan: all resources exist then, and the state has them. */
  async apply(): Promise<void> {
    await this.engine.plan();
    await this.engine.apply();
    const { resources } = this.copy.stack;
    const state = await this.engine.state();
    writeFileSync(`${this.copy.folder}.tfstate`, state, { mode: 0o600 }); // for whoever keeps the folder
    const stored = stateObjects(state).length;
    if (stored !== resources)
      throw new RehearsalError(this.name, `${stored} resources are in the state after the apply, must be ${resources}`);
  }

  /** Plans again: nothing may want to change. @param when for the message, e.g. `right after its apply` */
  async planAgain(when: string): Promise<void> {
    const changes = await this.engine.changes();
    if (changes !== undefined) throw new RehearsalError(this.name, `planned again ${when}, and something would change`, changes);
  }

  /** Changes what exists behind the engine's back: it must leave alone what the platform does, and see what a person does. */
  async drift(): Promise<void> {
    const objects = await this.engine.stored();
    const byPlatform = platformDrift(objects);
    if (byPlatform.length > 0) {
      await this.change(objects, byPlatform);
      await this.planAgain(`after the platform has changed ${addressesOf(byPlatform)}`);
    }
    const byPeople = humanDrift(objects);
    if (byPeople.length > 0) {
      await this.change(objects, byPeople);
      const shown = await this.engine.plan();
      const unseen = byPeople.filter(({ address }) => !shown.includes(`# ${address} `));
      if (unseen.length > 0) {
        throw new RehearsalError(this.name, `somebody has changed ${addressesOf(unseen)}, and a plan does not show it`, shown);
      }
    }
    await this.change(objects, objects);
  }

  /** Destroys the stack: refused first where it is protected, and done once the protection was lifted. */
  async destroy(): Promise<void> {
    const { prevented, refused } = liftedProtection(this.copy.json);
    const unguarded = refused.filter((address) => !prevented.includes(address));
    if (unguarded.length > 0) {
      throw new RehearsalError(
        this.name,
        `the cloud keeps ${unguarded.join(", ")}, but the engine would destroy all around it; set preventDestroy`,
      );
    }
    if (prevented.length > 0) await this.beRefused();
    if (refused.length > 0) await this.liftInCloud(refused);
    await this.engine.destroy();
    await this.assertGone();
    this.copy.assertUnchanged();
  }

  /** Nothing is left, in the state and in the simulated cloud. */
  private async assertGone(): Promise<void> {
    const stored = await this.engine.stored();
    if (stored.length > 0) throw new RehearsalError(this.name, `${addressesOf(stored)} is left in the state after the destroy`);
    const remaining = await this.site.providers.ask("remaining", this.name);
    if (remaining.length > 0)
      throw new RehearsalError(this.name, `${remaining.join(", ")} still exists after the destroy, and no state knows it`);
  }

  private async beRefused(): Promise<void> {
    const before = await this.site.providers.ask("remaining", this.name);
    const refusal = await this.engine.refusal();
    const after = await this.site.providers.ask("remaining", this.name);
    if (refusal === undefined || after.length !== before.length) {
      throw new RehearsalError(this.name, "is protected, but a destroy was not refused", refusal);
    }
    this.copy.override(overrideOf(this.copy.json, { endpoint: this.site.store.endpoint, liftProtection: true }));
  }

  /** The cloud's own protection needs an apply, which may change nothing else. */
  private async liftInCloud(refused: readonly string[]): Promise<void> {
    const shown = await this.engine.plan();
    const changed = [...shown.matchAll(/^ +# (\S+) (will|must) be/gm)].map(([, address = ""]) => address);
    const others = changed.filter((address) => !refused.includes(address));
    if (others.length > 0) {
      throw new RehearsalError(this.name, `lifting the protection of ${refused.join(", ")} would change ${others.join(", ")}, too`, shown);
    }
    await this.engine.apply();
  }

  private async change(stored: readonly KeyedObject[], objects: readonly StateObject[]): Promise<void> {
    for (const { key, address } of stored) {
      const changed = objects.find((object) => object.address === address);
      if (changed) await this.site.providers.ask("drift", { key, values: changed.values });
    }
  }

  private get engine(): StackEngine {
    return new StackEngine(this.copy.folder, this.surroundings, this.site.interruption);
  }
}

function addressesOf(objects: readonly StateObject[]): string {
  return objects.map(({ address }) => address).join(", ");
}
