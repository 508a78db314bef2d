import type { PodResources } from "../shared/pod-resources";
import { restrictedContainer, restrictedPod } from "../shared/restricted-pod";

/** A variable of a script: text, or a key of a Secret beside it. */
export type ScriptVariable =
  { readonly name: string; readonly value: string } | { readonly name: string; readonly secret: string; readonly key: string };

/** A file of a Secret or a ConfigMap that a script reads. */
export interface ScriptVolume {
  readonly name: string;
  readonly mountPath: string;
  /** Name of the Secret, or of the ConfigMap. */
  readonly from: { readonly secret: string } | { readonly configMap: string };
}

export interface ScriptProps {
  /** Label `app` of the pods, and the first part of what belongs to them. */
  readonly name: string;
  /** Image with a shell and what the script calls. */
  readonly image: string;
  /** What runs, as `sh /setup/setup.sh`. It may be started several times. */
  readonly script: string;
  /** Further files in `/setup`. @default none */
  readonly files?: Readonly<Record<string, string>>;
  readonly variables: readonly ScriptVariable[];
  /** What else is mounted. @default nothing */
  readonly volumes?: readonly ScriptVolume[];
  /** @default {@link clientResources} */
  readonly resources?: PodResources;
}

/** Enough for a client of some server. */
export const clientResources: PodResources = { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } };

/** Images keep HOME and what clients write in /tmp; everything else is read-only. */
const scratch = { mount: { name: "scratch", mountPath: "/tmp" }, volume: { name: "scratch", emptyDir: {} } };

/** Everything that a script reads beside its variables. */
export function scriptFiles({ script, files = {} }: ScriptProps): Readonly<Record<string, string>> {
  return { "setup.sh": script, ...files };
}

/** The pod that runs a script out of a ConfigMap. */
export function scriptPod({ image, variables, volumes = [], resources = clientResources }: ScriptProps, configMap: string) {
  return {
    restartPolicy: "Never",
    ...restrictedPod,
    container: [
      {
        name: "setup",
        image,
        command: ["sh", "/setup/setup.sh"],
        env: variables.map(variable),
        securityContext: restrictedContainer,
        resources,
        volumeMount: [
          { name: "setup", mountPath: "/setup", readOnly: true },
          ...volumes.map(({ name, mountPath }) => ({ name, mountPath, readOnly: true })),
          scratch.mount,
        ],
      },
    ],
    volume: [{ name: "setup", configMap: { name: configMap } }, ...volumes.map(volume), scratch.volume],
  };
}

/** A variable as a container has it. */
export function variable(given: ScriptVariable) {
  if ("value" in given) return given;
  const { name, secret, key } = given;
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}

function volume({ name, from }: ScriptVolume) {
  return "secret" in from ? { name, secret: { secretName: from.secret } } : { name, configMap: { name: from.configMap } };
}
