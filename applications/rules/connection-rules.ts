import { linkLocal } from "../../constructs/connections/places";
import { overlap } from "../../constructs/network/cidr";
import type { Environment } from "../../environments/environment";
import { suggestion } from "../../environments/suggestion";
import { serves, type Connection } from "../application";
import { connectionsTo, eachWorkload, eachWorkloadIn, elementsOf, knowsAll, pathIn, problem, referenceOf } from "./declared";
import { portProblems } from "./port-rules";

const workloads = eachWorkload([], (workload, declared) =>
  connectionsTo(workload, "workload").flatMap(({ at, value: { port, workload: reference } }) => {
    const told = (limit: string, fix: string) => [problem(workload.path, `${at}.workload`, reference, limit, fix)];
    if (reference === referenceOf(workload)) return told("another workload", "remove it: a pod reaches itself by localhost");
    const other = declared.workloads.find((candidate) => referenceOf(candidate) === reference);
    if (other === undefined) {
      const fix = suggestion(reference, declared.workloads.map(referenceOf)) ?? "declare it, or remove the connection";
      return knowsAll(declared) ? told("a workload that exists, as <application>/<workload>", fix) : [];
    }
    if (!other.wellFormed(["kind"])) return [];
    if (!serves(other.intent)) return told("a workload that runs all the time", "remove it: nobody can talk to a cron job");
    return portProblems(workload, other, `${at}.port`, port);
  }),
);

const onceEach = eachWorkload([], (workload) => {
  const all = elementsOf(workload, "connects").filter(({ value: { to } }) => to !== "gateway");
  const keys = all.map(({ value }) => keyOf(value));
  return all.flatMap(({ at, value: { to } }, index) => {
    const first = all[keys.indexOf(keys[index] ?? "")];
    return first === undefined || first.at === at
      ? []
      : [problem(workload.path, `${at}.to`, to, `different from ${first.at}, which leads to the same`, "keep one of the two")];
  });
});

/** Whom a connection leads to. */
function keyOf(connection: Connection): string {
  switch (connection.to) {
    case "workload":
      return `workload ${connection.workload} ${connection.port}`;
    case "bucket":
      return `bucket ${connection.bucket}`;
    case "external":
      return `external ${connection.host.toLowerCase()} ${connection.port ?? 443}`;
    default:
      return connection.to;
  }
}

/** Whoever is talked to takes part only when it is ready; without an answer to that, requests would go to pods that are just starting. */
const readiness = eachWorkload(["probes"], (workload, { workloads: all }) => {
  const { intent, path } = workload;
  if (!serves(intent) || intent.probes?.readiness !== undefined) return [];
  const reference = referenceOf(workload);
  const caller = all.find(
    (other) => other !== workload && connectionsTo(other, "workload").some(({ value }) => value.workload === reference),
  );
  const routed = connectionsTo(workload, "gateway").length > 0;
  if (!routed && caller === undefined) return [];
  const who = routed ? "the gateway talks" : `${caller ? referenceOf(caller) : ""} talks`;
  return [problem(path, "probes.readiness", undefined, `there: ${who} to it`, "say how a pod is asked whether it can take requests")];
});

const buckets = eachWorkloadIn([], (workload, environment) => {
  const names = environment.objectStore.buckets.map(({ name }) => name);
  return connectionsTo(workload, "bucket")
    .filter(({ value }) => !names.includes(value.bucket))
    .map(({ at, value: { bucket } }) => {
      const limit = `a bucket of ${environment.name}: ${names.join(", ")}`;
      return problem(
        pathIn(environment, workload.path),
        `${at}.bucket`,
        bucket,
        limit,
        suggestion(bucket, names) ?? "add it to objectStore.buckets",
      );
    });
});

const addresses = eachWorkload([], (workload) =>
  connectionsTo(workload, "external").flatMap(({ at, value: { addresses: blocks = [] } }) =>
    blocks.flatMap((block, index) => {
      const first = blocks.findIndex((other) => overlap(other, block));
      const limit = `apart from addresses.${first}, which is ${blocks[first]}`;
      return first < index ? [problem(workload.path, `${at}.addresses.${index}`, block, limit, "remove one of them")] : [];
    }),
  ),
);

/** A node's metadata service would hand out the rights of the node. */
const metadata = eachWorkload([], (workload) =>
  connectionsTo(workload, "external").flatMap(({ at, value: { addresses: blocks = [] } }) =>
    blocks.flatMap((block, index) => {
      if (!overlap(linkLocal, block)) return [];
      const limit = `apart from ${linkLocal}, where nodes have their metadata service`;
      return [problem(workload.path, `${at}.addresses.${index}`, block, limit, "remove it: identities come by connects to a bucket")];
    }),
  ),
);

/** Blocks with pods in them would open ways that no connection tells of. */
const outside = eachWorkloadIn([], (workload, environment) =>
  connectionsTo(workload, "external").flatMap(({ at, value: { addresses: blocks = [] } }) =>
    blocks.flatMap((block, index) => {
      const own = ownBlocks(environment).find(({ cidr }) => overlap(cidr, block));
      if (own === undefined) return [];
      const limit = `apart from ${own.field} of ${environment.name}, which is ${own.cidr}`;
      const fix = "narrow it: who is inside is connected by name";
      return [problem(pathIn(environment, workload.path), `${at}.addresses.${index}`, block, limit, fix)];
    }),
  ),
);

function ownBlocks(environment: Environment): readonly { readonly field: string; readonly cidr: string }[] {
  switch (environment.target) {
    case "local":
      return [
        { field: "kind.podCidr", cidr: environment.kind.podCidr },
        { field: "kind.serviceCidr", cidr: environment.kind.serviceCidr },
      ];
    case "aws":
      return [
        { field: "network.cidr", cidr: environment.network.cidr },
        { field: "cluster.serviceCidr", cidr: environment.cluster.serviceCidr },
      ];
  }
}

/** Whom workloads talk to. */
export const connectionRules = [workloads, onceEach, readiness, buckets, addresses, metadata, outside];
