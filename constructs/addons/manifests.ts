import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, TerraformAsset, TerraformStack, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { join } from "node:path";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { requireName } from "../shared/kubernetes-names";
import type { ChartValue } from "./chart-values";
import { installedBeside, type Installed } from "./installed";
import { valuesDocument } from "./values-document";
import { wholeRelease } from "./whole-release";

/** A Kubernetes object of a type that a chart brings. The interfaces of such types are narrow: the fields that we use. */
export interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Not for objects of the cluster as a whole. */
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

export interface ManifestsProps {
  /** Name of the release. */
  readonly release: string;
  /** Where Helm keeps the release; the objects name their own namespace. By its name when it is not of this stack. */
  readonly namespace: GuardedNamespace | string;
  readonly resources: readonly CustomResource[];
  /** What brings the types of the objects, and the webhooks that judge them. */
  readonly requires: readonly Installed[];
  /** How long the release may take, in seconds; at the end, too, when operators clean up behind their objects. @default 300 */
  readonly timeoutSeconds?: number;
}

/**
 * Custom resources, in a release of the chart `charts/manifests`: unlike `kubernetes_manifest` it can be planned before
 * their types exist.
 */
export class Manifests extends Construct implements Installed {
  /** Escape hatch. */
  readonly resource: Release;
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { release, namespace, resources, requires, timeoutSeconds }: ManifestsProps) {
    super(scope, id);
    for (const { metadata, kind } of resources) requireName(this, `name of ${kind}`, metadata.name, "object");
    this.resource = new Release(this, "Resource", {
      ...wholeRelease,
      name: requireName(this, "release", release, "release"),
      namespace: typeof namespace === "string" ? namespace : namespace.resource.metadata.name,
      chart: manifestsChart(this),
      values: [valuesDocument({ manifests: resources as readonly object[] as readonly ChartValue[] })],
      timeout: timeoutSeconds ?? 300,
      dependsOn: installedBeside(this, requires),
    });
    this.installed = [this.resource];
  }
}

/** The chart, once in each stack. */
function manifestsChart(scope: Construct): string {
  const stack = TerraformStack.of(scope);
  const asset = stack.node.tryFindChild("ManifestsChart") as TerraformAsset | undefined;
  const chart =
    asset ?? new TerraformAsset(stack, "ManifestsChart", { path: join(__dirname, "../../charts/manifests"), type: AssetType.DIRECTORY });
  return chart.path;
}
