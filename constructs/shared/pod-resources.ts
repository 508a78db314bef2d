import type { LocalEnvironment } from "../../environments/environment";

/**
 * What a container asks for and may use at most, in Kubernetes' units. CPU has no limit: it would only keep from pods what is idle.
 * A type, no interface: only so can it stand in the values of a chart.
 */
export type PodResources = {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
};

/** What a container of a team's workload asks for and may use at most. */
export interface WorkloadResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: {
    /** @default none */
    readonly cpu?: string | undefined;
    readonly memory: string;
  };
}

/** Resources of a server of the platform on a laptop: enough to work, or with `minimalResources` off, enough to work hard. */
export function serverResources({ development }: Pick<LocalEnvironment, "development">): PodResources {
  return development.minimalResources
    ? { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } }
    : { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "2Gi" } };
}
