import type { Application } from "./application";
import { answering, standIns } from "./stand-ins";

/** Trains models and serves them. */
export const mlPlatform: Application = {
  name: "ml-platform",
  description: "Trains models on datasets and serves them",
  owner: "ml-team",
  secrets: { "session-key": { from: "generated" } },
  access: { viewers: [], admins: [] },
  workloads: {
    frontend: {
      kind: "deployment",
      image: standIns.server,
      args: answering("ml-platform/frontend", 8080),
      placement: "general",
      replicas: 2,
      resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      ports: [{ name: "http", port: 8080 }],
      probes: { liveness: { path: "/health", port: "http" }, readiness: { path: "/ready", port: "http" } },
      metrics: { port: "http" },
      instrumentation: "nodejs",
      objectives: [{ kind: "availability", of: "probes", target: 99.5, windowDays: 7 }],
      connects: [
        { to: "gateway", port: "http", priority: 200 },
        { to: "workload", workload: "ml-platform/backend", port: "http" },
      ],
    },
    backend: {
      kind: "deployment",
      image: standIns.server,
      args: answering("ml-platform/backend", 8000),
      placement: "compute",
      replicas: 2,
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "2Gi" } },
      ports: [{ name: "http", port: 8000 }],
      probes: {
        startup: { path: "/health", port: "http", periodSeconds: 5, failureThreshold: 30 },
        liveness: { path: "/health", port: "http" },
        readiness: { path: "/ready", port: "http" },
      },
      metrics: { port: "http" },
      instrumentation: "python",
      objectives: [
        { kind: "availability", of: "requests", target: 99.5, windowDays: 7 },
        { kind: "latency", belowMilliseconds: 500, target: 99, windowDays: 7 },
      ],
      secrets: { SESSION_KEY: "session-key" },
      migrations: [
        {
          name: "schema",
          image: standIns.psql,
          command: [
            "sh",
            "-c",
            'psql "$DATABASE_URL" --no-psqlrc --set ON_ERROR_STOP=1 --command "CREATE SCHEMA IF NOT EXISTS ml_platform"',
          ],
        },
      ],
      connects: [
        { to: "gateway", path: "/api", port: "http", priority: 100 },
        { to: "database" },
        { to: "cache" },
        { to: "bucket", bucket: "models", access: "read-write" },
        { to: "bucket", bucket: "datasets", access: "read-write" },
      ],
    },
    training: {
      kind: "deployment",
      image: standIns.server,
      args: answering("ml-platform/training", 8080),
      placement: "training",
      gpus: { count: 1, otherwise: "run-without" },
      priority: "low",
      resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "8Gi" } },
      terminationSeconds: 120,
      ports: [{ name: "http", port: 8080 }],
      probes: { liveness: { path: "/health", port: "http" }, readiness: { path: "/ready", port: "http" } },
      metrics: { port: "http" },
      measures: {
        models_trained_total: { kind: "counter", summary: "models trained", unit: "models" },
        training_runs_failed_total: { kind: "counter", summary: "training runs that failed", unit: "runs" },
        training_queue_length: { kind: "gauge", summary: "training runs that wait", unit: "runs" },
      },
      rollout: "after", // two releases would need twice the GPUs
      volumes: [{ name: "work", mountPath: "/work", content: { kind: "scratch", mib: 1024 } }],
      connects: [
        { to: "bucket", bucket: "models", access: "read-write" },
        { to: "bucket", bucket: "datasets", access: "read" },
      ],
    },
    "data-processing": {
      kind: "cron-job",
      image: standIns.shell,
      command: ["sh", "-c", 'echo "processing $S3_BUCKET"'],
      placement: "data-processing",
      schedule: "0 3 * * *",
      timeoutSeconds: 3600,
      priority: "low",
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "4Gi" } },
      connects: [{ to: "bucket", bucket: "datasets", access: "read-write" }],
    },
  },
};
