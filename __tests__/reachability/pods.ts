import { block, blocks, text, textsByKey, type Fields } from "./fields";
import { portRange } from "./ports";
import type { Ranges } from "./ranges";
import type { Labels } from "./selectors";
import type { WrittenStacks } from "./written-stacks";

/** Pods that are alike. */
export interface Pods {
  /** `<namespace>/<name>` */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** Ports of their containers that have a name. */
  readonly ports: Readonly<Record<string, Ranges>>;
  /** Stack that they are written in. @default none: a chart or an operator makes them */
  readonly stack?: string;
}

const types = [
  "kubernetes_deployment_v1",
  "kubernetes_stateful_set_v1",
  "kubernetes_daemon_set_v1",
  "kubernetes_job_v1",
  "kubernetes_cron_job_v1",
  "kubernetes_replication_controller_v1",
  "kubernetes_pod_v1",
];

/** A template of pods, and what is in it. */
interface Template {
  readonly name: string;
  readonly namespace: string;
  readonly stack: string;
  readonly labels: Labels;
  /** Specification of the pods. */
  readonly spec: Fields;
}

/** Every template of pods. */
export function templatesOf(stacks: WrittenStacks): readonly Template[] {
  return stacks.all(...types).map(({ stack, values }) => {
    const { metadata, spec } = templateOf(values);
    const { name, namespace: given = "default" } = block(values.metadata);
    const namespace = stacks.literal(stack, given);
    // Jobs end their names with a fingerprint of what they do.
    const pods = `${namespace}/${text(name).replace(/-[0-9a-f]{8}$/, "")}`;
    return { name: pods, namespace, stack, labels: textsByKey(block(metadata).labels), spec: block(spec) };
  });
}

/** Every pod that is written as a template. @throws for those on their node's network, where no policy holds */
export function podsOf(stacks: WrittenStacks): readonly Pods[] {
  return templatesOf(stacks).map(({ spec, ...pods }) => {
    if (spec.host_network === true) throw new Error(`${pods.name} stands on its node's network, where no policy holds`);
    return { ...pods, ports: namedPorts(spec.container) };
  });
}

function templateOf(values: Fields): Fields {
  const spec = block(values.spec);
  const ofCronJob = block(block(spec.job_template).spec);
  return [spec.template, ofCronJob.template].map(block).find((template) => template.spec !== undefined) ?? values;
}

function namedPorts(containers: unknown): Pods["ports"] {
  const named = blocks(containers)
    .flatMap(({ port }) => blocks(port))
    .filter(({ name }) => name !== undefined)
    .map(({ name, container_port, protocol = "TCP" }) => [
      text(name),
      portRange(Number(container_port), Number(container_port), text(protocol)),
    ]);
  return Object.fromEntries(named) as Pods["ports"];
}
