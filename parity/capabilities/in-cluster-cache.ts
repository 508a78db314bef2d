import { cacheUserName } from "../../constructs/cache/cache";
import type { Variant } from "../capability";
import { is, matches, must, mustBeAtLeast, mustBound } from "../finding";
import type { Parts } from "../parts";
import { prometheusRuns, rulesFor, volumeKeysRotated, volumesEncrypted } from "../proofs/cluster";
import { line, mustSay } from "../proofs/lines";
import { denied, peersNamed } from "../proofs/namespaces";
import { destroyRefused } from "../proofs/required";
import { clientsAskForTls, passwordFromStore, type cacheClaims } from "./cache-claims";

/** Pods that keep data: those with a configuration. */
const nodes = (own: Parts) =>
  own
    .all("kubernetes_stateful_set_v1")
    .filter((set) => set.at("spec", "volume_claim_template").value !== undefined || own.all("kubernetes_stateful_set_v1").length === 1);
const configurations = (own: Parts) =>
  own.all("kubernetes_config_map_v1").filter((map) => map.at("data", "server.conf").value !== undefined);
const users = (own: Parts) =>
  own
    .manifests("ExternalSecret")
    .map((copy) => copy.at("spec", "target", "template", "data", "users.acl"))
    .filter(({ value }) => value !== undefined);
const storageClasses = (own: Parts) => nodes(own).map((set) => set.at("spec", "volume_claim_template", 0, "spec", "storage_class_name"));

/** Valkey or Redis in the cluster. */
export const inClusterCache: Variant<typeof cacheClaims> = {
  name: "Valkey in the cluster",
  main: configurations,
  proofs: {
    tlsInTransit: {
      plainTextRefused: (own) =>
        configurations(own).flatMap((map) => [mustSay(map, "server.conf", /^port 0$/), mustSay(map, "server.conf", /^tls-port \d+$/)]),
      clientsAskForTls,
    },
    encryptionAtRest: {
      volumeEncrypted: (own, environment) => volumesEncrypted(storageClasses(own), environment),
      keyRotated: (own, environment) => volumeKeysRotated(storageClasses(own), environment),
    },
    authentication: {
      anonymousRefused: (own) => [
        ...configurations(own).map((map) => mustSay(map, "server.conf", /^aclfile .*users\.acl$/)),
        ...users(own).map((file) =>
          must(
            file.as("lines").item((text) => /^user default /.test(String(text.value))),
            is("user default off"),
          ),
        ),
      ],
      applicationUser: (own, environment) => [
        must(environment.output("cache_user"), is(cacheUserName)),
        ...users(own).map((file) =>
          must(
            file.as("lines").item((text) => /^user app /.test(String(text.value))),
            matches(/^user app on >\{\{ \.app \}\} .* -@dangerous( |$)/),
          ),
        ),
      ],
      passwordFromStore,
    },
    highAvailability: { failover: (own) => nodes(own).map((set) => mustBeAtLeast(2, set.at("spec", "replicas"))) },
    // Nothing copies them out of the volume.
    backup: { kept: () => [] },
    isolation: {
      denied,
      peersNamed,
      onlyCluster: (own) =>
        own
          .all("kubernetes_service_v1")
          .map((service) => mustBound(service.at("spec", "type"), (type) => type === undefined || type === "ClusterIP")),
    },
    monitoring: {
      watched: (own) => rulesFor("cache", own),
      told: (_, environment) => prometheusRuns(environment),
      // The server keeps the last 128 by itself; users that look them up have the right to.
      slowCommandsLogged: (own) =>
        users(own).map((file) =>
          must(
            file.as("lines").item((text) => /^user metrics /.test(String(text.value))),
            matches(/ \+slowlog\|get /),
          ),
        ),
    },
    protection: {
      destroyRefused: (own) => nodes(own).map(destroyRefused),
      lastSnapshot: () => [],
    },
  },
  facts: (own) => {
    const [set] = nodes(own);
    const [map] = configurations(own);
    return {
      image: set?.at("spec", "template", "spec", "container", 0, "image").value,
      nodes: set?.at("spec", "replicas").value,
      memory: map ? line(map, "server.conf", /^maxmemory \d/).value : undefined,
    };
  },
};
