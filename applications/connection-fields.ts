import { z } from "zod";
import { cidr, hostName, must, oneOf, text, whole } from "../environments/fields";

/** Whom a workload talks to, or, for the gateway, who talks to it. Nothing else opens a path. */
export const connection = z.discriminatedUnion(
  "to",
  [
    z.strictObject({
      to: z.literal("workload"),
      /** `<application>/<workload>`. */
      workload: text(63),
      /** Name of its port. */
      port: text(63),
    }),
    z.strictObject({ to: z.literal("database") }),
    z.strictObject({ to: z.literal("cache") }),
    z.strictObject({
      to: z.literal("bucket"),
      /** One of the environment's `objectStore.buckets`. */
      bucket: text(63),
      access: oneOf(["read", "read-write"]),
    }),
    z.strictObject({
      to: z.literal("gateway"),
      /** First label of the host, in front of the environment's domain. @default the domain itself */
      host: text(63).optional(),
      /** Beginning of the paths that are meant, in whole segments. @default / */
      path: text(126).optional(),
      /** Name of the port that requests go to. */
      port: text(63),
      /** Order among all routes; of one host, the longer path needs the lower number. Load balancers take 1 to 50000. */
      priority: whole(1, 50_000, "priority"),
    }),
    z.strictObject({
      to: z.literal("external"),
      /** Whom it is about: policies go by addresses, and this is for the reader and the diagram. */
      host: hostName(),
      /** Blocks that the host is in, where it has fixed ones. @default anything public */
      addresses: z.array(cidr(8, 32)).min(1, must("at least one block", "leave it out for the whole internet")).optional(),
      /** @default 443 */
      port: whole(1, 65535, "port").optional(),
    }),
  ],
  must("workload, database, cache, bucket, gateway or external", "say whom it talks to"),
);
