import { digest } from "../shared/naming";
import { restrictedPod } from "../shared/restricted-pod";
import { cacheNames, type CacheServer } from "./cache-server";
import { folders } from "./server-configuration";

/** What the pods of one cache share: where their files come from. */
export interface CacheFiles {
  /** ConfigMap with scripts and configuration. */
  readonly setupName: string;
  /** Content of the ConfigMap: pods start anew when it changes. */
  readonly setup: Readonly<Record<string, string>>;
  /** Secret of {@link CacheUsers}. */
  readonly usersName: string;
}

/** A password of one of our own users, as a variable. */
export function passwordOf(user: "health" | "metrics" | "upkeep", files: CacheFiles, variable = `${user.toUpperCase()}_PASSWORD`) {
  return { name: variable, valueFrom: { secretKeyRef: { name: files.usersName, key: user } } };
}

/** Runs a script of the setup. */
export function run(script: string): string[] {
  return ["sh", `${folders.setup}/${script}`];
}

/** A probe that asks the server itself, with the client of the setup. */
export function probe(command: string) {
  return {
    exec: { command: ["sh", "-c", `. ${folders.setup}/client.sh; ${command}`] },
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 3,
  };
}

/** Volumes of the containers: each mounts those that it reads. */
export const mounts = {
  certificate: { name: "certificate", mountPath: folders.certificate, readOnly: true },
  users: { name: "users", mountPath: folders.users, readOnly: true },
  setup: { name: "setup", mountPath: folders.setup, readOnly: true },
  run: { name: "run", mountPath: folders.run },
  data: { name: "data", mountPath: folders.data },
} as const;

/** Volumes behind {@link mounts}, but for the data. @param userFiles of the Secret that the pods need */
export function volumes({ name }: CacheServer, { setupName, usersName }: CacheFiles, userFiles: readonly string[]) {
  return [
    { name: "certificate", secret: { secretName: cacheNames(name).certificate } },
    { name: "users", secret: { secretName: usersName, items: userFiles.map((file) => ({ key: file, path: file })) } },
    { name: "setup", configMap: { name: setupName } },
    { name: "run", emptyDir: { medium: "Memory" } }, // passwords are put together there, and never on a disk
  ];
}

/** Metadata and spec of pods with a label `app`, spread over nodes and zones. */
export function podTemplate<Spec extends object>(server: CacheServer, app: string, { setup }: CacheFiles, spec: Spec) {
  const { highlyAvailable } = server.setting.environment;
  return {
    metadata: { labels: { app }, annotations: { "evenkeel/setup": digest(JSON.stringify(setup)) } },
    spec: {
      ...restrictedPod,
      topologySpreadConstraint: ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: highlyAvailable ? "DoNotSchedule" : "ScheduleAnyway",
        labelSelector: [{ matchLabels: { app } }],
      })),
      ...spec,
    },
  };
}
