import type { AlertCases } from "../alert-case";

const reader = { namespace: "search", workload: "reader" } as const;
const searchReader = { ...reader, owner: "search-team" };
const portal = { namespace: "sre-portal", workload: "portal" } as const;
const status = { ...portal, route: "sre.example.com/status", instance: "https://gateway/status" } as const;
const statusRoute = { ...status, owner: "sre-team" };

/** A series of something with these labels. */
function series(name: string, labels: Readonly<Record<string, string>>): string {
  return `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(",")}}`;
}

/** Requests of a pod of the reader in a minute: those that are right, and those that fail. */
function requests(right: number, failed: number): Readonly<Record<string, string>> {
  const counted = (http_response_status_code: string) =>
    series("http_server_request_duration_seconds_count", { ...reader, pod: "reader-1", http_response_status_code });
  return { [counted("200")]: `0+${right}x60`, [counted("503")]: `0+${failed}x60` };
}

/** Requests of a pod of the reader in a minute by how long they take: up to 100 ms, up to 2.5 s, and longer. */
function times(fast: number, slow: number, slowest: number): Readonly<Record<string, string>> {
  const counted = (le: string) => series("http_server_request_duration_seconds_bucket", { ...reader, pod: "reader-1", le });
  const all = fast + slow + slowest;
  return {
    [counted("0.1")]: `0+${fast}x60`,
    [counted("0.25")]: `0+${fast}x60`,
    [counted("2.5")]: `0+${fast + slow}x60`,
    [counted("5.0")]: `0+${all}x60`,
    [counted("+Inf")]: `0+${all}x60`,
  };
}

const objective = { ...searchReader, objective: "availability-requests" };
const daySeconds = 86_400;

/** Alerts that every application has for its workloads, routes and objectives. */
export const workloadCases: AlertCases = {
  WorkloadErrors: {
    fires: { series: requests(980, 20), after: "20m", labels: searchReader },
    quiet: { series: requests(991, 9), after: "60m" },
  },
  WorkloadErrorsCritical: {
    fires: { series: requests(940, 60), after: "20m", labels: searchReader },
    quiet: { series: requests(951, 49), after: "60m" },
  },
  WorkloadLatency: {
    fires: { series: times(900, 80, 20), after: "20m", labels: searchReader },
    quiet: { series: times(900, 95, 5), after: "60m" },
  },
  WorkloadMetricsMissing: {
    fires: {
      series: { [series("up", { ...reader, pod: "reader-1" })]: "0x30", [series("up", { ...reader, pod: "reader-2" })]: "0x30" },
      after: "20m",
      labels: searchReader,
    },
    quiet: {
      // One pod is enough to know of the workload; the prober's own silence is another alert.
      series: {
        [series("up", { ...reader, pod: "reader-1" })]: "0x30",
        [series("up", { ...reader, pod: "reader-2" })]: "1x30",
        [series("up", status)]: "0x30",
      },
      after: "20m",
    },
  },
  RouteDown: {
    fires: { series: { [series("probe_success", status)]: "1x5 0x10" }, after: "10m", labels: statusRoute },
    quiet: { series: { [series("probe_success", status)]: "1x5 0x10" }, after: "8m" },
  },
  RouteSlow: {
    fires: { series: { [series("probe_duration_seconds", status)]: "3x30" }, after: "20m", labels: statusRoute },
    quiet: { series: { [series("probe_duration_seconds", status)]: "1.5x30" }, after: "20m" },
  },
  RouteCertificateExpires: {
    fires: { series: { [series("probe_ssl_earliest_cert_expiry", status)]: `${13 * daySeconds}x90` }, after: "70m", labels: statusRoute },
    quiet: { series: { [series("probe_ssl_earliest_cert_expiry", status)]: `${15 * daySeconds}x90` }, after: "70m" },
  },
  RouteUnwatched: {
    fires: {
      series: { [series("up", status)]: "0x30" },
      after: "20m",
      labels: { ...portal, route: status.route, owner: "sre-team" },
    },
    quiet: { series: { [series("up", status)]: "1x30", [series("up", { ...portal, pod: "portal-1" })]: "0x30" }, after: "20m" },
  },
  ErrorBudgetBurnFast: {
    // A budget of 0.1 % of 7 days is gone in 2 days at 3.36 times the pace that it allows.
    fires: { series: requests(9_966, 34), after: "20m", labels: objective },
    quiet: { series: requests(9_987, 13), after: "60m" },
  },
  ErrorBudgetBurnSlow: {
    fires: { series: requests(9_989, 11), after: "40m", labels: objective },
    quiet: { series: requests(9_991, 9), after: "60m" },
  },
  ErrorBudgetSpent: {
    fires: { series: requests(9_989, 11), after: "40m", labels: objective },
    quiet: { series: requests(9_991, 9), after: "60m" },
  },
};
