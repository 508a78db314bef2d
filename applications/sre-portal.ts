import type { Application } from "./application";
import { answering, standIns } from "./stand-ins";

/** Shows those on call how the platform is. */
export const srePortal: Application = {
  name: "sre-portal",
  description: "Shows those on call how the platform is",
  owner: "sre-team",
  secrets: {},
  access: { viewers: ["evenkeel:sre-viewers"], admins: ["evenkeel:sre-admins"] },
  workloads: {
    portal: {
      kind: "deployment",
      image: standIns.server,
      args: answering("sre-portal/portal", 8080),
      placement: "general",
      replicas: 2,
      priority: "high", // it is needed most when little else runs
      resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      ports: [{ name: "http", port: 8080 }],
      probes: { liveness: { path: "/status", port: "http" }, readiness: { path: "/status", port: "http" } },
      metrics: { port: "http" },
      measures: { chaos_experiments_total: { kind: "counter", summary: "chaos experiments run", unit: "experiments" } },
      objectives: [{ kind: "availability", of: "probes", target: 99.9, windowDays: 7 }],
      connects: [{ to: "gateway", host: "sre", port: "http", priority: 400 }, { to: "database" }],
    },
    "database-check": {
      kind: "cron-job",
      image: standIns.psql,
      command: ["sh", "-c", 'psql "$DATABASE_URL" --no-psqlrc --tuples-only --command "SELECT 1"'],
      placement: "general",
      schedule: "*/5 * * * *",
      timeoutSeconds: 60,
      resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } },
      connects: [{ to: "database" }],
    },
  },
};
