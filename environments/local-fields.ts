import { z } from "zod";
import { cidr, flag, hostPort, image, must, oneOf, whole } from "./fields";
import { kindNodeGroup } from "./node-groups";
import { requestTimeoutSeconds } from "./platform-fields";

/** Fields of an environment on the laptop. */
export const localFields = {
  /** The Kind cluster. Every change below replaces it, and what is in it is lost. */
  kind: z.strictObject({
    /** Node image; its tag is the Kubernetes version. */
    nodeImage: image(),
    /** Addresses of pods. */
    podCidr: cidr(12, 20),
    /** Addresses of services. */
    serviceCidr: cidr(12, 24),
    /** Ports of the laptop (127.0.0.1 only) that lead into the cluster. */
    hostPorts: z.strictObject({
      /** HTTP of the gateway. */
      http: hostPort(),
      /** HTTPS of the gateway. */
      https: hostPort(),
      /** The image registry. macOS keeps 5000 for AirPlay. */
      registry: hostPort(),
      /** The object store's S3 API. */
      objectStore: hostPort(),
    }),
    /** Workers that stand for the cloud's node groups. */
    nodeGroups: z.array(kindNodeGroup).min(1, must("at least one node group", "add one that serves every placement")),
  }),
  /** What a laptop may do and a cloud may not. */
  development: z.strictObject({
    /** One replica of everything, with the smallest requests that work. */
    minimalResources: flag(),
    /** Plain HTTP between the laptop and the cluster. */
    allowInsecure: flag(),
  }),
  /** The gateway that the host ports lead to. */
  ingress: z.strictObject({
    /** What serves routes: NGINX Gateway Fabric or Envoy Gateway. */
    gateway: oneOf(["nginx", "envoy"]),
    timeoutSeconds: requestTimeoutSeconds(),
  }),
  /** MinIO, which holds the environment's Terraform state. */
  stateStore: z.strictObject({
    /** An image of MinIO or of a fork that serves the same API and carries the client `mc`. */
    image: image(),
    /** Volume of the server. */
    storageGib: whole(1, 100, "GiB"),
  }),
  /** The registry that the laptop pushes to and the cluster pulls from. */
  registry: z.strictObject({
    /** An image of the CNCF Distribution registry, version 3. */
    image: image(),
    /** Volume for images. */
    storageGib: whole(1, 500, "GiB"),
  }),
};
