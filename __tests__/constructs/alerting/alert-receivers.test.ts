import { parse } from "yaml";
import { AlertReceivers } from "../../../constructs/alerting/alert-receivers";
import { alertmanagerConfiguration } from "../../../constructs/alerting/alertmanager-configuration";
import type { ChartValues } from "../../../constructs/addons/chart-values";
import { valuesDocument } from "../../../constructs/addons/values-document";
import { catalogFor } from "../../../constructs/catalog";
import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { platformStackOf } from "../../platform-stack";
import { manifestsOf } from "../../released";

const { local, prod } = environments;

describe("AlertReceivers", () => {
  const environment = withSecondChat(prod);
  const { stack, values } = receiversOf(environment);

  it("consists of", () => {
    expect(stack.resources.filter(({ name }) => name.startsWith("Receivers")).map(({ type }) => type)).toEqual([
      "helm_release", // the copy of the pager's key
      "helm_release", // of the chat's URL, once for both channels
      "helm_release", // of the mail server's password
      "helm_release", // of the heartbeat's URL
      "kubernetes_network_policy_v1", // the ways out
    ]);
  });

  it("copies each secret by itself from the store, so that one that is missing keeps no other away", () => {
    const copies = manifestsOf(stack).filter(({ kind, metadata }) => kind === "ExternalSecret" && metadata.name.startsWith("receiver-"));
    expect(copies.map(({ metadata: { name, namespace }, spec }) => [name, namespace, spec.data])).toEqual(
      ["alerts-heartbeat", "alerts-pagerduty", "alerts-slack", "alerts-smtp"].map((secret) => [
        `receiver-${secret}`,
        "monitoring",
        [{ secretKey: "value", remoteRef: { key: `ml-platform-prod/${secret}`, property: "value" } }],
      ]),
    );
  });

  it("mounts what is there where the configuration looks for it, and starts without", () => {
    const source = (secret: string) => ({
      secret: { name: `receiver-${secret}`, optional: true, items: [{ key: "value", path: secret }] },
    });
    expect(values.alertmanagerSpec).toMatchObject({
      volumes: [
        {
          name: "receivers",
          projected: { sources: ["alerts-pagerduty", "alerts-slack", "alerts-smtp", "alerts-heartbeat"].map(source) },
        },
      ],
      volumeMounts: [{ name: "receivers", mountPath: "/etc/alertmanager/receivers", readOnly: true }],
    });
    const asked = JSON.stringify(values.config).match(/\/etc\/[^"]+/g) ?? [];
    expect([...new Set(asked)]).toEqual(
      ["alerts-pagerduty", "alerts-slack", "alerts-smtp", "alerts-heartbeat"].map((secret) => `/etc/alertmanager/receivers/${secret}`),
    );
  });

  it("hands the configuration on as it is: Helm reads times as text", () => {
    expect(parse(valuesDocument(values), { version: "1.1" })).toMatchObject({ config: alertmanagerConfiguration(environment) });
  });

  it("lets Alertmanager out to what receivers are reached by, and to nothing else", () => {
    expect(pathsOf(stack)).toEqual({ "alert-receivers-alertmanager": ["to 0.0.0.0/0 443 587"] });
  });

  it("opens and mounts nothing where nobody is told", () => {
    const nobody = receiversOf(local);
    expect(pathsOf(nobody.stack)).toEqual({});
    expect(nobody.values.alertmanagerSpec).toEqual({ externalUrl: "http://localhost:9093" });
    expect(nobody.stack.resources.filter(({ name }) => name.startsWith("Receivers"))).toEqual([]);
  });
});

/** With another channel that is reached by the same secret. */
function withSecondChat(environment: Environment): Environment {
  const { observability } = environment;
  const { alerting } = observability;
  const receivers = { ...alerting.receivers, second: { kind: "slack", channel: "#second", secret: "alerts-slack" } as const };
  return { ...environment, observability: { ...observability, alerting: { ...alerting, receivers } } };
}

function receiversOf(environment: Environment) {
  const made: ChartValues[] = [];
  const stack = platformStackOf(environment, ({ cluster, setting, stack: scope }) => {
    const namespace = new GuardedNamespace(scope, "Namespace", { environment, name: "monitoring" });
    const secretStore = catalogFor(environment).secretStore(scope, "SecretStore", { setting, cluster });
    made.push(new AlertReceivers(scope, "Receivers", { setting, namespace, secretStore }).values);
  });
  const [values = {}] = made;
  return { stack, values };
}

function pathsOf(stack: Parameters<typeof networkPaths>[0]) {
  return Object.fromEntries(Object.entries(networkPaths(stack)).filter(([name]) => name.startsWith("alert-receivers")));
}
