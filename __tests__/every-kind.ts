import type { Application } from "../applications/application";
import { standIns } from "../applications/stand-ins";

const resources = { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "1", memory: "256Mi" } };
const own = { repository: "search/reader", version: "1.2.0" };
const readiness = { path: "/ready", port: "http" };

/** Every kind of workload, and every option of each at least once. Whoever adds an option adds it here. */
const shop: Application = {
  name: "shop",
  description: "Sells everything that there is to declare",
  owner: "some-team",
  secrets: {
    "session-key": { from: "generated" },
    "signing-key": { from: "generated" },
    "payment-key": { from: "given" },
    "registry-login": { from: "given" },
  },
  access: { viewers: ["shop:viewers"], admins: ["shop:admins"] },
  alerts: {
    NothingSold: {
      expression: 'rate(orders_total{namespace="shop"}[1h]) == 0',
      forMinutes: 60,
      severity: "info",
      summary: "Nothing is sold",
      description: "There has been no order for an hour.",
      runbook: "https://docs.example.com/nothing-sold",
    },
    OrdersWait: {
      expression: 'orders_waiting{namespace="shop"} > 100',
      forMinutes: 10,
      severity: "critical",
      summary: "{{ $value }} orders wait",
      description: "More come in than are dealt with.",
      runbook: "workload-latency.md",
    },
  },
  workloads: {
    web: {
      kind: "deployment",
      image: own,
      command: ["/web", "--greeting=${GREETING}"],
      args: ["--port", "8080"],
      placement: "general",
      scaling: { by: "load", min: 2, max: 6, cpuPercent: 70, memoryPercent: 80 },
      disruption: { minAvailable: 1 },
      resources,
      ports: [
        { name: "http", port: 8080 },
        { name: "metrics", port: 9090 },
      ],
      probes: {
        startup: { path: "/health", port: "http", periodSeconds: 5, failureThreshold: 60 },
        liveness: { path: "/health", port: "http", timeoutSeconds: 2 },
        readiness,
      },
      variables: { GREETING: "100 %{off}, ${NAME}" },
      secrets: { SESSION_KEY: "session-key", PAYMENT_KEY: "payment-key" },
      volumes: [
        { name: "work", mountPath: "/work", content: { kind: "scratch", mib: 64 } },
        { name: "data", mountPath: "/etc/shop", content: { kind: "files", files: { "shop.yaml": "greeting: ${NAME}\n" } } },
        { name: "keys", mountPath: "/etc/keys", content: { kind: "secret", secret: "signing-key", file: "signing.key" } },
      ],
      migrations: [
        { name: "schema", command: ["/web", "migrate", "${VERSION}"], timeoutSeconds: 120 },
        {
          name: "prices",
          image: { ...standIns.psql, pullSecret: "registry-login" },
          command: ["true"],
          after: ["web/schema", "agent/prepare"],
        },
      ],
      connects: [
        { to: "gateway", host: "shop", port: "http", priority: 1000 },
        { to: "gateway", host: "shop", path: "/api", port: "http", priority: 900 },
        { to: "workload", workload: "shop/store", port: "http" },
        { to: "workload", workload: "stock/api", port: "http" },
        { to: "database" },
        { to: "cache" },
        { to: "bucket", bucket: "data", access: "read-write" },
        { to: "external", host: "payments.example.com", addresses: ["203.0.113.0/24"], port: 8443 },
        { to: "external", host: "mail.example.com" },
      ],
      instrumentation: "sdk",
      metrics: { port: "metrics", path: "/internal/metrics" },
      profiles: { port: "metrics" },
      measures: {
        orders_total: { kind: "counter", summary: "orders", unit: "orders" },
        orders_waiting: { kind: "gauge", summary: "orders that wait", unit: "orders" },
      },
      objectives: [
        { kind: "availability", of: "requests", target: 99.5, windowDays: 7 },
        { kind: "availability", of: "probes", target: 99, windowDays: 3 },
        { kind: "latency", belowMilliseconds: 1000, target: 95, windowDays: 1 },
      ],
      token: true,
      priority: "high",
      terminationSeconds: 60,
    },
    store: {
      kind: "stateful-set",
      image: standIns.server,
      placement: "general",
      replicas: 3,
      resources,
      ports: [{ name: "http", port: 8080 }],
      probes: { readiness, liveness: { command: ["test", "-e", "${PIDFILE}"] } },
      volumes: [{ name: "data", mountPath: "/var/lib/store", content: { kind: "persistent", gib: 10 } }],
      migrations: [{ name: "layout", command: ["true"] }],
    },
    lonely: { kind: "stateful-set", image: standIns.server, placement: "general", resources },
    worker: {
      kind: "deployment",
      image: { ...standIns.shell, pullSecret: "registry-login" },
      placement: "data-processing",
      scaling: { by: "queue", min: 0, max: 5, list: "shop:orders", itemsPerPod: 10 },
      disruption: { maxUnavailable: 2 },
      rollout: "after",
      priority: "low",
      terminationSeconds: 300,
      resources,
      connects: [{ to: "cache" }],
    },
    trainer: {
      kind: "deployment",
      image: standIns.server,
      placement: "training",
      gpus: { count: 2, otherwise: "run-without" },
      replicas: 0,
      resources,
      instrumentation: "python",
    },
    agent: {
      kind: "daemon-set",
      image: standIns.server,
      placement: "general",
      resources,
      migrations: [{ name: "prepare", command: ["true"], after: ["web/schema"] }],
      connects: [{ to: "bucket", bucket: "models", access: "read" }],
    },
    nightly: {
      kind: "cron-job",
      image: standIns.shell,
      command: ["true"],
      placement: "general",
      schedule: "30 2 * * *",
      timeoutSeconds: 600,
      resources,
    },
  },
};

/** Another application, for what leads from one to the other. Its workload is called like nothing else, and has no connections of its own. */
const stock: Application = {
  name: "stock",
  description: "Has what the shop sells",
  owner: "some-team",
  secrets: {},
  access: { viewers: [], admins: [] },
  workloads: {
    api: {
      kind: "deployment",
      image: standIns.server,
      placement: "general",
      replicas: 2,
      resources,
      ports: [{ name: "http", port: 8080 }],
      probes: { readiness },
      connects: [{ to: "database" }],
    },
  },
};

/** Applications in which everything that can be declared is declared. */
export const everyKind = { shop, stock } as const;
