import { z } from "zod";
import { kubernetesName, must, oneOf, text } from "../environments/fields";
import { alertName, applicationAlert, owner } from "./telemetry-fields";
import { workloadSchema } from "./workload-fields";

/** Strict schema of an application: what it does not know, it refuses. */
export const applicationSchema = z.strictObject({
  /** Name, unique; its namespace is called the same. */
  name: kubernetesName(20),
  /** What it does, in a sentence. */
  description: text(200),
  /** Team that answers for it, and is told when something is wrong. */
  owner: owner(),
  /** Secrets of the application, by name, and where they come from. They are in the environment's store as `<application>-<name>`. */
  secrets: z.record(
    kubernetesName(30),
    z.strictObject({
      /** `generated`: a password that is made up. `given`: somebody puts it into the store, in the field `value`. */
      from: oneOf(["generated", "given"]),
    }),
  ),
  /** Kubernetes groups of people who look after the application, beside those of the platform. */
  access: z.strictObject({
    /** Who sees everything but secrets. */
    viewers: z.array(group()),
    /** Who restarts and scales, too. */
    admins: z.array(group()),
  }),
  /** Its own alerts, by name, beside those that every workload has. @default none */
  alerts: z.record(alertName(), applicationAlert).optional(),
  /** What it consists of, by name. */
  workloads: z.record(kubernetesName(20), workloadSchema),
});

type Immutable<T> = T extends object ? { readonly [Key in keyof T]: Immutable<T[Key]> } : T;

/** An application, declared once for all environments. */
export type Application = Immutable<z.infer<typeof applicationSchema>>;

/** A part of an application. */
export type WorkloadIntent = Application["workloads"][string];

/** A part of an application that runs all the time. */
export type ServingIntent = Exclude<WorkloadIntent, { readonly kind: "cron-job" }>;

/** Whom a workload talks to, or, for the gateway, who talks to it. */
export type Connection = NonNullable<WorkloadIntent["connects"]>[number];

/** Whether a workload runs all the time. */
export function serves(intent: WorkloadIntent): intent is ServingIntent {
  return intent.kind !== "cron-job";
}

function group() {
  return text(100).regex(/^(?!system:)[\w:.@-]+$/, must("a group of people outside of system:", "rename it"));
}
