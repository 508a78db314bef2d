import type { Arguments } from "../operations/terraform-json";
import { only, type SynthesizedStack } from "./synthesized";

/** A pod as it was synthesized, as far as tests look at it. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly container: readonly Container[];
    readonly security_context: Arguments;
    readonly automount_service_account_token: boolean;
    readonly enable_service_links: boolean;
    readonly service_account_name: string;
    readonly termination_grace_period_seconds?: number;
    readonly restart_policy?: string;
    readonly priority_class_name?: string;
    readonly image_pull_secrets?: readonly { readonly name: string }[];
    readonly topology_spread_constraint?: readonly Arguments[];
    readonly volume?: readonly ({ readonly name: string } & Arguments)[];
  };
}

/** A container as it was synthesized. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly env_from: readonly {
    readonly config_map_ref?: { readonly name: string };
    readonly secret_ref?: { readonly name: string };
  }[];
  readonly security_context: unknown;
  readonly resources: unknown;
  readonly volume_mount: readonly { readonly name: string; readonly mount_path: string; readonly read_only?: boolean }[];
  readonly liveness_probe?: Arguments;
  readonly readiness_probe?: Arguments;
  readonly startup_probe?: Arguments;
  readonly port?: readonly { readonly name: string; readonly container_port: number }[];
}

const kinds = ["deployment", "stateful_set", "daemon_set", "job", "cron_job"] as const;

/** The pods of every resource that runs some, by the resources' names. */
export function podTemplates(stack: SynthesizedStack): Readonly<Record<string, PodTemplate>> {
  const types: readonly string[] = kinds.map((kind) => `kubernetes_${kind}_v1`);
  return Object.fromEntries(
    stack.resources.filter(({ type }) => types.includes(type)).map(({ name, values }) => [name, templateOf(values.spec as Spec)]),
  );
}

interface Spec {
  readonly template?: PodTemplate;
  readonly job_template?: { readonly spec: Spec };
}

function templateOf({ job_template, template }: Spec): PodTemplate {
  if (template) return template;
  if (job_template) return templateOf(job_template.spec);
  throw new Error("what runs no pods was taken for something that does");
}

/** The pod of the resource whose name starts with `prefix`; fails when it is not exactly one. */
export function podTemplate(stack: SynthesizedStack, prefix: string): PodTemplate {
  const found = Object.entries(podTemplates(stack)).filter(([name]) => name.startsWith(prefix));
  return only(
    found.map(([, template]) => template),
    prefix,
  );
}

/** The only container of that pod. */
export function containerOf(stack: SynthesizedStack, prefix: string): Container {
  return only(podTemplate(stack, prefix).spec.container, `container of ${prefix}`);
}
