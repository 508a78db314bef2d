import { environmentNames } from "../../environments/environment";
import { defineCapability, type Proof } from "../capability";
import { is, must, mustBeAtLeast } from "../finding";
import type { Parts } from "../parts";
import { volumesEncrypted } from "../proofs/cluster";
import { namespacesDeny, peersAreNamed } from "../proofs/namespaces";
import {
  alertsOf,
  dashboards,
  dashboardWithout,
  objectivesOf,
  probeOf,
  probes,
  recordingsOf,
  rules,
  sameEverywhere,
  signalsOf,
} from "../proofs/watched";

const chart = "kube-prometheus-stack";
const stack = (own: Parts) => own.chart(chart);
const prometheus = (own: Parts) => stack(own).map((values) => values.at("prometheus", "prometheusSpec"));
const volumeClasses = (own: Parts) =>
  prometheus(own).map((spec) => spec.at("storageSpec", "volumeClaimTemplate", "spec", "storageClassName"));

/** A receiver beyond the one that tells nobody. */
const told: Proof = (own) => stack(own).map((values) => must(values.at("alertmanager", "config", "receivers"), tellSomebody));

/** What an on-call engineer sees. */
export const observability = defineCapability({
  name: "observability",
  constructs: [
    "platform/Monitoring",
    "platform/MonitoringAdministrator",
    "platform/PrometheusOperatorCrdsNamespace",
    "platform/Observability",
  ],
  outputs: {},
  claims: {
    encryptionAtRest: { volumeEncrypted: { summary: "metrics are encrypted on their volume" } },
    authentication: { ownPassword: { summary: "the password of Grafana's administrator is made up, and no chart's" } },
    highAvailability: { servers: { summary: "Prometheus outlives the loss of a pod", unit: "replicas" } },
    isolation: { isolated: { summary: "pods of its namespaces talk to those only who are named" } },
    monitoring: {
      alerts: { summary: "every alert of any environment is here, goes off for the same, and has the same owner" },
      recordings: { summary: "every recorded series of any environment is here, but for signals" },
      signals: { summary: "every signal of databases, caches, buckets and the gateway is here, under the same name" },
      objectives: { summary: "every objective of any environment is here, with the same target" },
      probes: { summary: "every probe of any environment is here" },
      dashboards: { summary: "every dashboard of any environment is here, and shows the same" },
      told: { summary: "somebody is told of alerts" },
    },
    protection: { volumesOutlive: { summary: "metrics outlive the release" } },
  },
  exempt: {
    tlsInTransit:
      "what watches talks plain HTTP, from pod to pod, along paths that are named; nothing of it leaves the cluster unencrypted",
    backup: "what is kept goes after its time anyway; rules, dashboards and receivers are code",
    pointInTime: "what is kept goes after its time anyway",
  },
  variants: [
    {
      name: chart,
      main: (own) => own.all("helm_release").filter((release) => release.at("chart").value === chart),
      proofs: {
        encryptionAtRest: { volumeEncrypted: (own, environment) => volumesEncrypted(volumeClasses(own), environment) },
        authentication: {
          ownPassword: (own) => stack(own).map((values) => must(values.at("grafana", "admin", "existingSecret"), isCopied(own))),
        },
        highAvailability: { servers: (own) => prometheus(own).map((spec) => mustBeAtLeast(2, spec.at("replicas"))) },
        isolation: { isolated: (own, environment) => [...namespacesDeny(own), ...peersAreNamed(own, environment)] },
        monitoring: {
          alerts: sameEverywhere("rules", rules, alertsOf),
          recordings: sameEverywhere("rules", rules, recordingsOf),
          signals: sameEverywhere("rules", rules, signalsOf),
          objectives: sameEverywhere("rules", rules, objectivesOf),
          probes: sameEverywhere("probe", probes, probeOf),
          dashboards: sameEverywhere("dashboard", dashboards, dashboardWithout(environmentNames)),
          told,
        },
        protection: {
          volumesOutlive: (own) =>
            prometheus(own).map((spec) => must(spec.at("persistentVolumeClaimRetentionPolicy", "whenDeleted"), is("Retain"))),
        },
      },
      facts: (own, environment) => {
        const [spec] = prometheus(own);
        return {
          "metrics are kept": spec?.at("retention").value,
          "asked every": spec?.at("scrapeInterval").value,
          alerts: [...rules(environment).values()].flatMap((place) => alertsOf(place.value) as readonly unknown[]).length,
          dashboards: dashboards(environment).size,
          probes: probes(environment).size,
        };
      },
    },
  ],
});

/** A secret that is brought from the environment's store. */
function isCopied(own: Parts): (name: unknown) => boolean {
  return (name) => own.manifests("ExternalSecret").some((copy) => copy.at("metadata", "name").value === name);
}

function tellSomebody(receivers: unknown): boolean {
  return Array.isArray(receivers) && receivers.some((receiver: object) => Object.keys(receiver).length > 1);
}
