import type { Application } from "./application";
import { answering, standIns } from "./stand-ins";

const resources = { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1000m", memory: "1Gi" } };
const probes = { liveness: { path: "/health", port: "http" }, readiness: { path: "/ready", port: "http" } };

/**
 * Finds documents. The reader learns of what the writer has written by a stream of events: messaging is a capability to come, and its
 * connections belong beside these.
 */
export const search: Application = {
  name: "search",
  description: "Takes documents in and finds them",
  owner: "search-team",
  secrets: {},
  access: { viewers: [], admins: [] },
  workloads: {
    reader: {
      kind: "deployment",
      image: standIns.server,
      args: answering("search/reader", 8081),
      placement: "general",
      scaling: { by: "load", min: 2, max: 10, cpuPercent: 70 },
      resources,
      ports: [{ name: "http", port: 8081 }],
      probes,
      metrics: { port: "http" },
      objectives: [
        { kind: "availability", of: "requests", target: 99.9, windowDays: 7 },
        { kind: "latency", belowMilliseconds: 250, target: 99, windowDays: 7 },
      ],
      connects: [{ to: "gateway", host: "search", port: "http", priority: 300 }],
    },
    writer: {
      kind: "deployment",
      image: standIns.server,
      args: answering("search/writer", 8080),
      placement: "general",
      replicas: 2,
      resources,
      ports: [{ name: "http", port: 8080 }],
      probes,
      metrics: { port: "http" },
      measures: { documents_indexed_total: { kind: "counter", summary: "documents indexed", unit: "documents" } },
      objectives: [{ kind: "availability", of: "requests", target: 99.5, windowDays: 7 }],
      connects: [{ to: "bucket", bucket: "search", access: "read-write" }],
    },
    ingestion: {
      kind: "deployment",
      image: standIns.server,
      args: answering("search/ingestion", 8080),
      placement: "general",
      replicas: 2,
      resources,
      ports: [{ name: "http", port: 8080 }],
      probes,
      connects: [{ to: "workload", workload: "search/writer", port: "http" }],
    },
  },
};
