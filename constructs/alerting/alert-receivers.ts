import { Construct } from "constructs";
import type { ChartValues } from "../addons/chart-values";
import type { PlatformSetting } from "../addons/platform-setting";
import { NetworkPolicies } from "../connections/network-policies";
import type { Path, Port } from "../connections/path";
import { telemetry } from "../monitoring/telemetry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { SecretCopy } from "../secrets/secret-copy";
import type { ISecretStore } from "../secrets/secret-store";
import type { Alerting } from "./alerting";
import { alertmanagerConfiguration } from "./alertmanager-configuration";
import { secretsFolder } from "./receivers";

export interface AlertReceiversProps {
  readonly setting: PlatformSetting;
  /** Alertmanager's. */
  readonly namespace: GuardedNamespace;
  /** Keeps what receivers are reached with. */
  readonly secretStore: ISecretStore;
}

/** HTTPS, which all receivers but mail are reached by. */
const https: Port = { port: 443 };

/**
 * Who is told of alerts: their secrets beside Alertmanager, its ways out, and its configuration. Each secret is a copy of its own, so that one
 * that nobody has put into the store keeps neither Alertmanager from starting nor other receivers from being told.
 */
export class AlertReceivers extends Construct {
  /** Values of kube-prometheus-stack, below `alertmanager`. */
  readonly values: ChartValues;

  constructor(scope: Construct, id: string, { namespace, secretStore: store, setting }: AlertReceiversProps) {
    super(scope, id);
    const { alerting } = setting.environment.observability;
    const sources = secretsOf(alerting).map((secret) => {
      const data = { value: store.reference(secret, "value") };
      const { secretName: name } = new SecretCopy(this, `Secret-${secret}`, { store, namespace, name: `receiver-${secret}`, data });
      return { secret: { name, optional: true, items: [{ key: "value", path: secret }] } };
    });
    new NetworkPolicies(this, "Paths", { owner: "alert-receivers", places: setting.places, paths: pathsTo(alerting) });
    this.values = {
      config: { ...alertmanagerConfiguration(setting.environment) } as unknown as ChartValues,
      alertmanagerSpec: {
        externalUrl: `http://localhost:${telemetry.alertmanager.port}`, // links in messages: after kubectl port-forward
        ...(sources.length > 0
          ? {
              volumes: [{ name: "receivers", projected: { sources } }],
              volumeMounts: [{ name: "receivers", mountPath: secretsFolder, readOnly: true }],
            }
          : {}),
      },
    };
  }
}

function secretsOf({ receivers }: Alerting): readonly string[] {
  return [...new Set(Object.values(receivers).map(({ secret }) => secret))];
}

function pathsTo({ receivers }: Alerting): readonly Path[] {
  const ports = Object.values(receivers).map((receiver) => (receiver.kind === "email" ? { port: receiver.port } : https));
  const distinct = [...new Map(ports.map((each) => [each.port, each])).values()];
  return distinct.length > 0 ? [{ from: telemetry.alertmanager.pods, to: "internet", ports: distinct }] : [];
}
