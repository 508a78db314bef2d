type Fields = Readonly<Record<string, unknown>>;

/** A request as a policy sees it. */
export interface Request {
  readonly object: unknown;
  readonly oldObject?: unknown;
  /** @default CREATE */
  readonly operation?: "CREATE" | "UPDATE";
}

const context = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

/** A container that no policy objects to, with changes. */
export function container(changes: Fields = {}): Fields {
  return {
    name: "api",
    image: "registry.example.com/api:1.2",
    securityContext: context,
    resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
    ...changes,
  };
}

/** The same with changes in its security context; undefined takes a field away. */
export function containerWith(securityContext: Fields): Fields {
  return container({ securityContext: defined({ ...context, ...securityContext }) });
}

/** The spec of a pod that no policy objects to, with changes. */
export function podSpec(changes: Fields = {}): Fields {
  return defined({
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [container()],
    ...changes,
  });
}

/** A pod, and everything that makes such pods, by its kind. */
export function everyKindOf(spec: Fields): Readonly<Record<"Pod" | "Deployment" | "CronJob", Request>> {
  const metadata = { name: "api", namespace: "team" };
  const template = { metadata: { labels: { app: "api" } }, spec };
  return {
    Pod: { object: { apiVersion: "v1", kind: "Pod", metadata, spec } },
    Deployment: { object: { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { replicas: 1, template } } },
    CronJob: { object: { apiVersion: "batch/v1", kind: "CronJob", metadata, spec: { jobTemplate: { spec: { template } } } } },
  };
}

/** Specs that have a container in each of the places where there can be one, by the place; and others everywhere. */
export function everyPlaceOf(one: Fields, other = container()): Readonly<Record<string, Fields>> {
  return {
    containers: podSpec({ containers: [other, one] }),
    initContainers: podSpec({ containers: [other], initContainers: [other, one] }),
    ephemeralContainers: podSpec({ containers: [other], ephemeralContainers: [other, one] }),
  };
}

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
