import { aYearAfter, type LedgerEntries, type LedgerEntry } from "./ledger-entry";

/** An image of our own pods or of Kind's nodes, by its name without a tag. */
function image(source: string, version: string, released: string, licence = "Apache-2.0"): LedgerEntry {
  return { source, version, licence, support: aYearAfter(released) };
}

/** Agents that the operator of OpenTelemetry puts into pods, and when it was released with these versions. */
const agents = "ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation";
const agentsReleased = "2026-08-20";

/** Images that no chart brings. Who runs one, an environment or a construct, pins it by digest as well. */
const images = {
  "docker.io/kindest/node": {
    ...image("https://github.com/kubernetes-sigs/kind", "v1.35.0", "2025-12-18"),
    support: { ends: "2027-02-28", saidBy: "project" }, // Kubernetes' own, which ends before that of EKS
  },
  "docker.io/pgsty/silo": image("https://github.com/pgsty/silo", "RELEASE.2026-09-16T00-00-00Z", "2026-09-16", "AGPL-3.0-only"),
  "docker.io/library/registry": image("https://github.com/distribution/distribution", "3.1.2", "2026-08-01"),
  "docker.io/amazon/aws-cli": image("https://github.com/aws/aws-cli", "2.37.5", "2026-09-01"),
  "docker.io/valkey/valkey": image("https://github.com/valkey-io/valkey", "8.1.10-alpine", "2026-08-31", "BSD-3-Clause"),
  "docker.io/library/redis": image("https://github.com/redis/redis", "7.2.14-alpine3.21", "2026-05-05", "BSD-3-Clause"),
  "docker.io/library/haproxy": {
    ...image("https://github.com/haproxy/haproxy", "3.2.21-alpine3.24", "2026-07-01", "GPL-2.0-or-later"),
    support: { ends: "2030-06-30", saidBy: "project" }, // haproxy.org: five years for every even release
  },
  "docker.io/grafana/pyroscope": image("https://github.com/grafana/pyroscope", "1.18.0", "2026-01-16", "AGPL-3.0-only"),
  "docker.io/oliver006/redis_exporter": image("https://github.com/oliver006/redis_exporter", "v1.86.0", "2026-06-07", "MIT"),
  "quay.io/prometheuscommunity/postgres-exporter": image(
    "https://github.com/prometheus-community/postgres_exporter",
    "v0.20.1",
    "2026-07-08",
  ),
  "quay.io/prometheuscommunity/yet-another-cloudwatch-exporter": image(
    "https://github.com/prometheus-community/yet-another-cloudwatch-exporter",
    "v0.66.0",
    "2026-06-22",
  ),
  [`${agents}-java`]: image("https://github.com/open-telemetry/opentelemetry-java-instrumentation", "2.31.1", agentsReleased),
  [`${agents}-nodejs`]: image("https://github.com/open-telemetry/opentelemetry-js-contrib", "0.78.0", agentsReleased),
  [`${agents}-python`]: image("https://github.com/open-telemetry/opentelemetry-python-contrib", "0.65b0", agentsReleased),
  [`${agents}-dotnet`]: image("https://github.com/open-telemetry/opentelemetry-dotnet-instrumentation", "1.16.0", agentsReleased),
  "nvcr.io/nvidia/k8s-device-plugin": image("https://github.com/NVIDIA/k8s-device-plugin", "v0.20.0", "2026-08-20"),
} satisfies Readonly<Record<string, LedgerEntry>>;

/** One line for each major version: several may run beside each other. */
const postgres = (version: string, released: string) =>
  image("https://github.com/cloudnative-pg/postgres-containers", version, released, "PostgreSQL");

/** Images whose versions have lines of their own. */
const imagesByVersion: Readonly<Record<string, readonly LedgerEntry[]>> = {
  "ghcr.io/cloudnative-pg/postgresql": [postgres("17.10-standard-trixie", "2026-05-14"), postgres("18.4-standard-trixie", "2026-05-14")],
};

/** The line of an image, when it is the version that the ledger knows; somebody's own choice has none. */
export function imageEntries(image: string): LedgerEntries {
  const [, name = "", tag = ""] = /^([^@]+):([^:@]+)/.exec(image) ?? [];
  const entry = [(images as Readonly<Record<string, LedgerEntry>>)[name] ?? [], imagesByVersion[name] ?? []]
    .flat()
    .find(({ version }) => version === tag);
  return entry ? { [name]: entry } : {};
}
