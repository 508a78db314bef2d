/** Node ports of the Kind cluster that ports of the laptop lead to; from Kubernetes' range 30000-32767. */
export const nodePorts = { http: 30080, https: 30443, registry: 30500, objectStore: 30900 } as const;
