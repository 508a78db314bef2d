type Fields = Readonly<Record<string, unknown>>;

/** A request as a policy sees it. */
export interface Request {
  readonly object: unknown;
  readonly oldObject?: unknown;
  /** @default CREATE */
  readonly operation?: "CREATE" | "UPDATE";
  /** Who has signed images, by the name of the attestor, by the image. @default nobody has signed any */
  readonly signed?: Readonly<Record<string, readonly string[]>>;
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

/** A pod, a deployment and a cron job that make such pods. */
export function kindsOf(spec: Fields): readonly [Request, Request, Request] {
  const metadata = { name: "api", namespace: "team" };
  const template = { metadata: { labels: { app: "api" } }, spec };
  return [
    { object: { apiVersion: "v1", kind: "Pod", metadata, spec } },
    { object: { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { replicas: 1, template } } },
    { object: { apiVersion: "batch/v1", kind: "CronJob", metadata, spec: { jobTemplate: { spec: { template } } } } },
  ];
}

/** Specs that have a container in each of the three places where there can be one, and another one everywhere. */
export function placesOf(one: Fields, other = container()): readonly Fields[] {
  return [
    podSpec({ containers: [other, one] }),
    podSpec({ containers: [other], initContainers: [other, one] }),
    podSpec({ containers: [other], ephemeralContainers: [other, one] }),
  ];
}

/** Each kind with the container in each place: nine requests. */
export function everywhere(one: Fields, other = container()): readonly Request[] {
  return placesOf(one, other).flatMap(kindsOf);
}

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
