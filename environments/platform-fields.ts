import { z } from "zod";
import { chartNames } from "../constructs/ledger/charts";
import { flag, kubernetesName, must, oneOf, pattern, whole } from "./fields";

/** Fields of the platform layer that every environment has. */
export const platformFields = {
  /** What the cluster demands of pods. */
  policies: z.strictObject({
    /** Whether a violation is only reported, or refused. */
    mode: oneOf(["audit", "enforce"]),
    /** Where images of workloads may come from beside the environment's own registry, as `<host>/` or `<host>/<path>/`. The platform's own pods are not judged. */
    trustedRegistries: z.array(imageSource()),
    /** Cosign public keys, PEM, one of which has signed every image of the environment's own registry. Without any, signatures are not asked for. */
    signingKeys: z.array(publicKey()),
  }),
  /** Whether secrets may be kept in git, sealed for this cluster. */
  sealedSecrets: flag(),
  /** What namespaces may ask of the cluster, where it is not what the platform reckons. By namespace. */
  quotas: z.record(
    kubernetesName(63),
    z.strictObject({
      /** Requests of CPU, in thousandths of a core. */
      cpuMillicores: whole(1, 10_000_000, "thousandths of a core").optional(),
      /** Requests of memory. */
      memoryMib: whole(1, 100_000_000, "MiB").optional(),
      pods: whole(1, 100_000, "pods").optional(),
    }),
  ),
  /** Values of the platform's charts, by chart, that go over ours. What a chart does not know is refused. */
  addonValues: z.partialRecord(
    z.enum(chartNames, must("a chart of the platform", "look it up in constructs/ledger/charts.ts")),
    chartValues(),
  ),
};

/** How long a request may take, in seconds. 4000 is the limit of load balancers (ModifyLoadBalancerAttributes, idle_timeout). */
export function requestTimeoutSeconds() {
  return whole(1, 4000, "seconds");
}

function chartValues() {
  return z.custom<Readonly<Record<string, unknown>>>((value) => isPlain(value), must("an object", "write { key: value }"));
}

function isPlain(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function imageSource() {
  return pattern(
    255,
    /^[a-z0-9.-]+(:\d+)?\/([a-z0-9._-]+\/)*$/,
    "a registry such as ghcr.io/ or docker.io/library/",
    "end it with a slash: without one docker.io also means docker.io.example.com",
  );
}

function publicKey() {
  return z
    .string(must("text", "write it in quotes"))
    .max(2000, must("at most 2000 characters", "give the public key alone"))
    .regex(
      /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=]+\n)+-----END PUBLIC KEY-----\n?$/,
      must("a public key in PEM", "give the contents of cosign.pub"),
    );
}
