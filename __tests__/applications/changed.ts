import { checkApplications } from "../../applications/check";
import { applications as committed } from "../../applications/index";
import { describe as told } from "../../constructs/shared/errors";
import type { Environment, EnvironmentName } from "../../environments/environment";
import { environments } from "../../environments/index";
import { committedWith, put, type Changes, type FleetChanges } from "../environments/changed";

/** Committed applications with changes, by dotted paths that begin with an application's name; `undefined` takes the field away. */
export function applicationsWith(changes: Changes): readonly unknown[] {
  // Not by structuredClone: what two workloads share would stay shared.
  const copies = new Map(committed.map((application): [string, unknown] => [application.name, JSON.parse(JSON.stringify(application))]));
  for (const [path, value] of Object.entries(changes)) {
    const [name = "", ...field] = path.split(".");
    put(copies.get(name), field, value);
  }
  return [...copies.values()];
}

/** Committed environments with changes that leave them right. */
export function environmentsWith(changes: FleetChanges): readonly Environment[] {
  return Object.values(committedWith(changes)) as readonly Environment[];
}

/** What is told about the applications with changes, line by line; nothing when they may be synthesized. */
export function refusals(changes: Changes, ofEnvironments: FleetChanges = {}): readonly string[] {
  return checkApplications(applicationsWith(changes), environmentsWith(ofEnvironments)).problems.map(told);
}

/** What is told in one environment alone. */
export function refusalsIn(name: EnvironmentName, changes: Changes): readonly string[] {
  return checkApplications(applicationsWith(changes), [environments[name]]).problems.map(told);
}

/** A deployment of which nothing can be said against. */
export const plain = {
  kind: "deployment",
  image: { reference: `docker.io/library/busybox:1.37.0@sha256:${"0".repeat(64)}` },
  placement: "general",
  resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } },
} as const;
