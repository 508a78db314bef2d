import { z } from "zod";
import { flag, image as pinnedImage, imageVersion, kubernetesName, must, oneOf, pattern, text, whole } from "../environments/fields";
import { placements } from "../environments/node-groups";
import { connection } from "./connection-fields";
import { cpu, memory } from "./quantities";
import { schedule } from "./schedule";
import { telemetryFields } from "./telemetry-fields";
import { volume } from "./volume-fields";

/** Kinds of workloads, by what Kubernetes runs them as. */
const workloadKinds = ["deployment", "stateful-set", "daemon-set", "cron-job"] as const;

/** What a container asks for and may use at most, in Kubernetes' units. */
const resources = z.strictObject({
  requests: z.strictObject({ cpu: cpu(), memory: memory() }),
  limits: z.strictObject({
    /** @default none: what is idle may be used */
    cpu: cpu().optional(),
    memory: memory(),
  }),
});

const image = z.union(
  [
    z.strictObject({
      /** Repository in the environment's own registry; it has to be among the environment's `images`. */
      repository: text(100),
      /** Semantic version, or `sha256:<digest>`. An environment's `versions` goes before it. */
      version: imageVersion(),
    }),
    z.strictObject({
      /** An image of somebody else's, with registry, tag and digest, from a registry that the environment trusts. */
      reference: pinnedImage(),
      /** Secret of the application with a Docker configuration, where that registry asks who pulls. @default none */
      pullSecret: text(30).optional(),
    }),
  ],
  must("{ repository, version } or { reference }", "say where the image is"),
);

const command = z.array(text(2000)).min(1, must("at least one word", "leave it out to keep the image's own"));

/** What asks a container how it is: an answer of 200 to 399, or a command that ends with 0. */
const probe = z.strictObject({
  /** Path of an HTTP request. */
  path: pattern(200, /^\/[\w./~-]*$/, "a path such as /health", "begin it with a slash").optional(),
  /** Name of the port that is asked. */
  port: text(15).optional(),
  /** Command in the container, in place of a request. */
  command: command.optional(),
  /** @default 10 */
  periodSeconds: whole(1, 3600, "seconds").optional(),
  /** How long an answer may take. @default 3 */
  timeoutSeconds: whole(1, 3600, "seconds").optional(),
  /** How often in a row it has to fail. @default 3 */
  failureThreshold: whole(1, 1000, "failures").optional(),
});

const port = z.strictObject({
  /** Name, by which probes and connections mean it. */
  name: text(63),
  /** What the container listens on. Nobody but root could take one below 1024. */
  port: whole(1024, 65535, "port"),
});

/** Runs to its end before the pods of a new release start, once for each content. */
const migration = z.strictObject({
  /** Name, unique in the workload. */
  name: kubernetesName(20),
  /** @default the workload's */
  image: image.optional(),
  command,
  /** Migrations of the application, `<workload>/<migration>`, that come before. @default none */
  after: z.array(text(63)).optional(),
  /** @default 600 */
  timeoutSeconds: whole(1, 86_400, "seconds").optional(),
});

/** More pods when there is more to do. */
const scaling = z.discriminatedUnion(
  "by",
  [
    z.strictObject({
      /** Use of what was requested, on average over the pods. */
      by: z.literal("load"),
      min: whole(1, 1000, "pods"),
      max: whole(1, 1000, "pods"),
      cpuPercent: whole(1, 1000, "%").optional(),
      memoryPercent: whole(1, 1000, "%").optional(),
    }),
    z.strictObject({
      /** Items that wait in a list of the cache. */
      by: z.literal("queue"),
      min: whole(0, 1000, "pods"),
      max: whole(1, 1000, "pods"),
      /** Key of the list. */
      list: text(200),
      /** Items that one pod is meant to have. */
      itemsPerPod: whole(1, 1_000_000, "items"),
    }),
  ],
  must("load or queue", "say what it goes by"),
);

/** Fields of every kind. */
const common = {
  image,
  /** What is started, in place of the image's entry point. @default the image's */
  command: command.optional(),
  /** @default the image's */
  args: command.optional(),
  /** What kind of nodes it runs on. */
  placement: oneOf(placements),
  resources,
  /** Asked for where the placement has GPUs. Where it has none, the workload runs without, or is refused. @default none */
  gpus: z
    .strictObject({
      count: whole(1, 16, "GPUs"),
      otherwise: oneOf(["run-without", "refuse"]),
    })
    .optional(),
  /** Variables that everybody may read, the same in every environment. @default none */
  variables: z
    .record(variableName(), z.string(must("text", "write it in quotes")).max(10_000, must("at most 10000 characters", "use a volume")))
    .optional(),
  /** Variables with secrets of the application: variable, and name of the secret. @default none */
  secrets: z.record(variableName(), text(63)).optional(),
  /** Whom it talks to. @default nobody but DNS */
  connects: z.array(connection).optional(),
  /** @default none */
  volumes: z.array(volume).optional(),
  /** Whether the pods get a token for the Kubernetes API, and a way there. @default false */
  token: flag().optional(),
  /** Who gives way when a node is full. @default normal */
  priority: oneOf(["low", "normal", "high"]).optional(),
  /** How long pods have to finish what they do. @default 30 */
  terminationSeconds: whole(1, 3600, "seconds").optional(),
};

/** Fields of what runs all the time. */
const serving = {
  ...common,
  ...telemetryFields,
  /** What the container listens on. @default nothing */
  ports: z.array(port).min(1, must("at least one port", "leave it out where there is none")).optional(),
  probes: z
    .strictObject({
      /** Restarts the container. */
      liveness: probe.optional(),
      /** Takes the pod out of its service. */
      readiness: probe.optional(),
      /** The others wait for it. */
      startup: probe.optional(),
    })
    .optional(),
  /** What runs before a new release does. @default nothing */
  migrations: z.array(migration).optional(),
};

const several = {
  ...serving,
  /** Pods, in production; small environments have one. @default 1, or what `scaling` says */
  replicas: whole(0, 1000, "pods").optional(),
  /** @default the number of pods is fixed */
  scaling: scaling.optional(),
  /** How many pods may be away at a time for upkeep of nodes. @default one, where there are several */
  disruption: z
    .strictObject({
      maxUnavailable: whole(0, 1000, "pods").optional(),
      minAvailable: whole(0, 1000, "pods").optional(),
    })
    .optional(),
};

/** What a workload is, on every target. */
export const workloadSchema = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("deployment"),
      ...several,
      /** How a new release comes: beside the old one, or after it has ended. @default beside: one more at most, none less */
      rollout: oneOf(["beside", "after"]).optional(),
    }),
    z.strictObject({ kind: z.literal("stateful-set"), ...several }),
    z.strictObject({ kind: z.literal("daemon-set"), ...serving }),
    z.strictObject({
      kind: z.literal("cron-job"),
      ...common,
      /** Five fields of cron, UTC. */
      schedule: schedule(),
      /** How long a run may take. */
      timeoutSeconds: whole(1, 604_800, "seconds"),
    }),
  ],
  must(`one of ${workloadKinds.join(", ")}`, "say what Kubernetes runs it as"),
);

function variableName() {
  return pattern(100, /^[A-Z][A-Z0-9_]*$/, "a variable of upper-case letters, digits and _, a letter first", "rename it");
}
