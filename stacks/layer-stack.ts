import { TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import type { App } from "cdktf";
import type { Catalog, Layer } from "../constructs/catalog";
import { providers, type ProviderName } from "../constructs/shared/providers";
import type { Environment } from "../environments/environment";

/** What every layer of an environment needs. */
export interface LayerStackProps {
  readonly environment: Environment;
  readonly catalog: Catalog;
}

/** A layer of an environment: a stack with its own state, its backend and its pinned providers. */
export abstract class LayerStack extends TerraformStack {
  constructor(
    scope: App,
    readonly layer: Layer,
    props: LayerStackProps,
  ) {
    super(scope, `${props.environment.name}-${layer}`);
    props.catalog.prepare(this, layer);
    this.node.addValidation({ validate: () => this.collidingIds() });
  }

  /**
   * Publishes the layer's interface as outputs under fixed names, for people, CI and other tools.
   * What other stacks need crosses by itself; nobody in this project reads these.
   */
  protected publish(outputs: Readonly<Record<string, string | number | readonly string[]>>): void {
    for (const [name, value] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { value, staticId: true });
    }
  }

  /** Publishes what nobody may read in a log; Terraform shows it only when asked by name. */
  protected publishSecrets(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { value, sensitive: true, staticId: true });
    }
  }

  /**
   * The Terraform JSON, with every provider at the source and version of our own table. There is no `required_version`:
   * checkov 3.3 cannot parse a file that has one, says so in passing, and succeeds. Older engines refuse `use_lockfile` anyway.
   */
  override toTerraform() {
    const json = super.toTerraform();
    json.terraform.required_providers = Object.fromEntries(
      Object.keys(json.terraform.required_providers ?? {}).map((name) => [name, pinned(name)]),
    );
    return json;
  }

  /**
   * Elements that would end under the same address: cdktf drops characters that Terraform does not take
   * from the ids, and merges what then collides without a word.
   */
  private collidingIds(): string[] {
    const byAddress = new Map<string, string>();
    return this.node.findAll().flatMap((construct) => {
      if (!TerraformElement.isTerraformElement(construct)) return [];
      const address = `${construct.constructor.name}.${construct.friendlyUniqueId}`;
      const other = byAddress.get(address);
      byAddress.set(address, construct.node.path);
      return other === undefined ? [] : [`${construct.node.path}: id collides with ${other} at ${address}; rename one of them`];
    });
  }
}

function pinned(name: string) {
  const provider = providers[name as ProviderName];
  if (provider === undefined)
    throw new Error(`provider ${name} is not pinned; add its source and version to constructs/shared/providers.ts`);
  return provider;
}
