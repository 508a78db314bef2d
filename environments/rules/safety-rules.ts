import type { AwsEnvironment } from "../environment";
import { problem, type Rule } from "./rule";

/** Zones that a highly available environment spreads over: with two, the loss of one halves it. */
const zonesForAvailability = 3;

/** Shortest retention of backups in production, in days: a mistake of Friday is found on Monday. */
const leastProductionBackups = 7;

/** Widest block that may reach a public API server. A /16 is a company; a /8 is half a continent. */
const leastPublicPrefix = 16;

const publicEndpoint: Rule<AwsEnvironment> = {
  reads: ["cluster.endpoint"],
  check: (environment) => {
    const { endpoint } = environment.cluster;
    if (endpoint.access !== "public") return [];
    return endpoint.cidrs.flatMap((cidr, index) =>
      Number(cidr.split("/")[1]) >= leastPublicPrefix
        ? []
        : [
            problem(
              environment,
              `cluster.endpoint.cidrs.${index}`,
              cidr,
              `a block of /${leastPublicPrefix} or smaller`,
              "list the offices' addresses, or set access to private",
            ),
          ],
    );
  },
};

const availability: Rule<AwsEnvironment> = {
  reads: ["highlyAvailable", "zones", "network", "cluster.nodeGroups"],
  check: (environment) => {
    if (!environment.highlyAvailable) return [];
    const { network } = environment;
    const general = environment.cluster.nodeGroups.findIndex((group) => group.placements.includes("general"));
    const group = environment.cluster.nodeGroups[general];
    return [
      ...(environment.zones.length < zonesForAvailability
        ? [
            problem(
              environment,
              "zones",
              environment.zones,
              `at least ${zonesForAvailability} zones where highlyAvailable is true`,
              "add a zone",
            ),
          ]
        : []),
      ...(network.vpc === "create" && network.nat === "one"
        ? [
            problem(
              environment,
              "network.nat",
              network.nat,
              '"one-per-zone" where highlyAvailable is true',
              "with one NAT gateway the loss of its zone cuts all zones off",
            ),
          ]
        : []),
      ...(group && group.minNodes < 2
        ? [
            problem(
              environment,
              `cluster.nodeGroups.${general}.minNodes`,
              group.minNodes,
              "at least 2 for the placement general where highlyAvailable is true",
              "raise it: one node is in one zone",
            ),
          ]
        : []),
      ...(group?.capacity === "spot"
        ? [
            problem(
              environment,
              `cluster.nodeGroups.${general}.capacity`,
              group.capacity,
              '"on-demand" for the placement general where highlyAvailable is true',
              "spot nodes are taken away all at once",
            ),
          ]
        : []),
    ];
  },
};

const production: Rule<AwsEnvironment> = {
  reads: ["name", "highlyAvailable", "disposable", "deletionProtection", "backupRetentionDays", "monitoring"],
  check: (environment) => {
    if (environment.name !== "prod") return [];
    const required = [
      ["highlyAvailable", true, "production survives the loss of a zone"],
      ["monitoring", true, "production is watched"],
      ["disposable", false, "production keeps its data"],
      ["deletionProtection", true, "production is not deleted by a slip"],
    ] as const;
    return [
      ...required
        .filter(([field, value]) => environment[field] !== value)
        .map(([field, value, why]) => problem(environment, field, environment[field], `${value} in prod`, why)),
      ...(environment.backupRetentionDays < leastProductionBackups
        ? [
            problem(
              environment,
              "backupRetentionDays",
              environment.backupRetentionDays,
              `at least ${leastProductionBackups} (days) in prod`,
              "raise it",
            ),
          ]
        : []),
    ];
  },
};

/** A cloud environment that keeps its data also backs it up. */
const backups: Rule<AwsEnvironment> = {
  reads: ["disposable", "backupRetentionDays"],
  check: (environment) =>
    !environment.disposable && environment.backupRetentionDays === 0
      ? [
          problem(
            environment,
            "backupRetentionDays",
            0,
            "at least 1 (day) where disposable is false",
            "raise it, or mark the environment disposable",
          ),
        ]
      : [],
};

export const safetyRules: readonly Rule<AwsEnvironment>[] = [publicEndpoint, availability, production, backups];
