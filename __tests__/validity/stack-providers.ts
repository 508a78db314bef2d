import { join } from "node:path";
import type { TerraformJson } from "../../operations/terraform-json";
import type { Attachments } from "../../rehearsal/protocol/attachment";
import { makeHome } from "../../rehearsal/loop/engine-variables";
import { AttachedProviders } from "../../rehearsal/real-providers/attached-providers";
import type { InstalledProviders } from "../../rehearsal/real-providers/installed-providers";
import { servedStack } from "../../rehearsal/simulation/served-stack";
import { SimulatedProviders } from "../../rehearsal/simulation/simulated-providers";
import { undisturbed } from "../../rehearsal/real-providers/installed-providers";
import { surroundProcess } from "../surround-process";

/** Running providers for every stack: the real ones that could be had, and simulated ones for the rest. */
export class StackProviders {
  private constructor(
    private readonly work: string,
    private readonly simulated: SimulatedProviders,
    private readonly real: AttachedProviders | undefined,
  ) {}

  /**
   * @param work a private folder
   * @param installed real providers. @default none
   */
  static async start(work: string, installed?: InstalledProviders): Promise<StackProviders> {
    makeHome(work);
    const real = installed && (await AttachedProviders.start(installed));
    return new StackProviders(work, SimulatedProviders.start(), real);
  }

  /** How an engine attaches to the real providers. */
  get reattachReal(): string {
    return this.real?.reattach ?? "{}";
  }

  /**
   * Runs a check with this process's variables set for a stack: `toBeValidTerraform` takes no others. An engine finds the
   * stack's providers, with its types and no others, and no place to install more from.
   */
  async attachedTo(name: string, json: TerraformJson, check: () => void): Promise<void> {
    const reattach = await this.simulated.ask("serve", {
      ...servedStack(name, json),
      real: JSON.parse(this.reattachReal) as Attachments,
    });
    const restore = surroundProcess({
      ...undisturbed,
      TF_CLI_CONFIG_FILE: join(this.work, "home", "cli.tfrc"),
      TF_REATTACH_PROVIDERS: reattach,
    });
    try {
      check();
    } finally {
      restore();
    }
  }

  async stop(): Promise<void> {
    await this.real?.stop();
    await this.simulated.stop();
  }
}
