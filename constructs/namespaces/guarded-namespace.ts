import { DefaultServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { Lazy, TerraformStack, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Composed } from "../shared/composed";
import type { Problem } from "../shared/errors";
import { requireName } from "../shared/kubernetes-names";
import { sumOf, type PodAsk, type Quota } from "./pod-ask";
import type { PodSecurity } from "./pod-security";

export interface GuardedNamespaceProps {
  readonly environment: Environment;
  readonly name: string;
  /** @default restricted */
  readonly podSecurity?: PodSecurity;
  /** Further labels, for who looks for them. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** What runs here from the start; add-ons add theirs. @default nothing */
  readonly asks?: readonly PodAsk[];
}

/** What a container gets that asks for nothing: enough for a job of a chart. */
const containerDefaults = { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "256Mi" } };

/** Room for rolling updates, which start new pods before the old ones end, and for the jobs of charts. */
const headroom = 2;
const jobPods = 5;

/** Namespaces of each stack. Every policy asks for one of them: walking the stack each time would cost the square of its size. */
const namespacesOf = new WeakMap<TerraformStack, GuardedNamespace[]>();

/** The namespaces of a name that a stack makes: one, or none. */
export function namespacesBeside(scope: Construct, name: string): readonly GuardedNamespace[] {
  return (namespacesOf.get(TerraformStack.of(scope)) ?? []).filter(({ namespaceName }) => namespaceName === name);
}

/**
 * A namespace that grants nothing by itself: no traffic, no API access, no more rights and resources than its pods need.
 * What its pods may do is declared by who puts them there.
 */
export class GuardedNamespace extends Construct implements Composed {
  /** Escape hatch. */
  readonly resource: NamespaceV1;
  /** Name, known at synth. */
  readonly namespaceName: string;
  /** What has to exist before pods come. */
  readonly guards: readonly ITerraformDependable[];
  private readonly asks: PodAsk[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GuardedNamespaceProps,
  ) {
    super(scope, id);
    this.namespaceName = requireName(this, "name", props.name, "namespace");
    const stack = TerraformStack.of(this);
    namespacesOf.set(stack, [...(namespacesOf.get(stack) ?? []), this]);
    this.asks = [...(props.asks ?? [])];
    this.resource = this.createNamespace(props.podSecurity ?? "restricted");
    const namespace = this.resource.metadata.name;
    this.guards = [
      new NetworkPolicyV1(this, "DefaultDeny", {
        metadata: { name: "default-deny", namespace },
        spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
      }),
      new ResourceQuotaV1(this, "Quota", {
        metadata: { name: "quota", namespace },
        spec: {
          hard: {
            pods: this.hard(({ pods }) => String(pods)),
            "requests.cpu": this.hard(({ cpuMillicores }) => `${cpuMillicores}m`),
            "requests.memory": this.hard(({ memoryMib }) => `${memoryMib}Mi`),
          },
        },
      }),
      new LimitRangeV1(this, "Limits", {
        metadata: { name: "limits", namespace },
        spec: { limit: [{ type: "Container", defaultRequest: containerDefaults.requests, default: containerDefaults.limits }] },
      }),
      new DefaultServiceAccountV1(this, "DefaultServiceAccount", { metadata: { namespace }, automountServiceAccountToken: false }),
    ];
  }

  /** What its pods ask for, once every add-on has been counted in. */
  get asked(): Quota {
    return sumOf(this.asks);
  }

  /** What is wrong with the namespace's quota, once every add-on has been counted in. */
  problems(): readonly Problem[] {
    const { environment } = this.props;
    const { asked } = this;
    const quota = this.quota();
    return (["cpuMillicores", "memoryMib", "pods"] as const)
      .filter((field) => quota[field] < asked[field])
      .map((field) => ({
        path: `${environment.name}.quotas.${this.namespaceName}`,
        field,
        value: quota[field],
        limit: `at least ${asked[field]}, which the platform itself asks for there`,
        fix: "raise it, or leave it out",
      }));
  }

  /** Counts pods in: the quota leaves room for them. */
  expect(asks: readonly PodAsk[]): void {
    this.asks.push(...asks);
  }

  private createNamespace(podSecurity: PodSecurity): NamespaceV1 {
    const { level, reason } = podSecurity === "restricted" ? { level: podSecurity, reason: undefined } : podSecurity;
    return new NamespaceV1(this, "Resource", {
      metadata: {
        name: this.namespaceName,
        labels: {
          ...this.props.labels,
          "pod-security.kubernetes.io/enforce": level,
          "pod-security.kubernetes.io/warn": "restricted",
        },
        ...(reason === undefined ? {} : { annotations: { "evenkeel/pod-security-reason": reason } }),
      },
    });
  }

  /** Known once every add-on has been counted in. */
  private hard(of: (quota: Quota) => string): string {
    return Lazy.stringValue({ produce: () => of(this.quota()) });
  }

  private quota(): Quota {
    const { cpuMillicores, memoryMib, pods } = this.asked;
    const given = this.props.environment.quotas[this.namespaceName];
    // Jobs get the container's defaults: they fit into what is left of a doubled sum, but for a namespace of jobs alone.
    return {
      cpuMillicores: given?.cpuMillicores ?? cpuMillicores * headroom + jobPods * 10,
      memoryMib: given?.memoryMib ?? memoryMib * headroom + jobPods * 32,
      pods: given?.pods ?? pods * headroom + jobPods,
    };
  }
}
