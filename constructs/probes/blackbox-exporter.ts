import type { Construct } from "constructs";
import type { ChartValues } from "../addons/chart-values";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { AuthorityCopy } from "../certificates/authority-copy";
import type { IIngress } from "../ingress/ingress";
import { telemetry } from "../monitoring/telemetry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";

export interface BlackboxExporterProps extends AddonProps {
  readonly namespace: GuardedNamespace;
  /** Whose routes are asked. */
  readonly ingress: IIngress;
}

const defaults = { chart: "prometheus-blackbox-exporter", authority: "prober-authority", folder: "/etc/authority" } as const;

/** Module by which routes are asked. */
export const routeModule = "route";

/** Statuses that are an answer: success, and redirects, to a page for login for one. They are not followed: what they lead to is not the route. */
const answers = [200, 201, 202, 203, 204, 206, 301, 302, 303, 307, 308] as const;

/** Seconds; Prometheus gives up after ten. */
const timeoutSeconds = 8;

/** Asks routes as people do, by the way in of the cluster. There is no module for ICMP, which needs a privilege. */
export class BlackboxExporter extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, namespace, ingress }: BlackboxExporterProps) {
    const { replicas, resources } = setting.footprint;
    const { pods, port } = telemetry.prober;
    const { inside } = ingress;
    const authority = inside.issuer
      ? new AuthorityCopy(scope, `${id}Authority`, {
          name: defaults.authority,
          namespace,
          issuer: inside.issuer,
          requires: [{ installed: namespace.guards }, inside.issuer],
        })
      : undefined;
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      requires: authority ? [authority] : [],
      asks: [{ replicas, resources: resources("small") }],
      paths: [
        { from: pods, to: "dns" },
        { from: pods, to: inside.to, ports: inside.ports },
      ],
      values: {
        replicas,
        resources: resources("small"),
        ...(replicas > 1 ? { podDisruptionBudget: { maxUnavailable: 1 } } : {}), // the chart makes one of whatever is in it
        podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
        config: { modules: { [routeModule]: routeProbe(authority?.secretName) } },
        ...(authority ? mounted(authority.secretName) : {}),
      },
      metrics: [{ pods, port }], // opens the way for who asks for probes, too: Prometheus, by the same port
    });
  }
}

/** How a route is asked. The host that a request names is also the one that the certificate has to be for. */
function routeProbe(authority: string | undefined): ChartValues {
  return {
    prober: "http",
    timeout: `${timeoutSeconds}s`,
    http: {
      preferred_ip_protocol: "ip4",
      ip_protocol_fallback: false,
      follow_redirects: false,
      valid_status_codes: [...answers],
      ...(authority === undefined ? {} : { tls_config: { ca_file: `${defaults.folder}/ca.crt` } }),
    },
  };
}

/** The authority alone: the key of the certificate that brought it is nobody's business. */
function mounted(secretName: string): ChartValues {
  const name = "authority";
  return {
    extraVolumes: [{ name, secret: { secretName, items: [{ key: "ca.crt", path: "ca.crt" }] } }],
    extraVolumeMounts: [{ name, mountPath: defaults.folder, readOnly: true }],
  };
}
