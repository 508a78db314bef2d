import { cnpgExpressions } from "../../../constructs/database/cnpg-expressions";
import { environments } from "../../../environments/index";
import { manifest } from "../../released";
import { postgresOf } from "./postgres-stack";

const { local } = environments;
const place = { name: "database", namespace: "data", databaseName: "app" };

describe("cnpgExpressions", () => {
  it("looks at the instances of this database and no other", () => {
    const expressions = Object.values(cnpgExpressions({ ...place, replicated: true, backups: true }));
    for (const expression of expressions) {
      const selectors = expression?.match(/\{[^}]*\}/g) ?? [];
      expect(selectors.length).toBeGreaterThan(0);
      for (const selector of selectors) expect(selector).toMatch(/^\{namespace="data", (pod|persistentvolumeclaim)=~"database-\[0-9\]\+"/);
    }
  });

  it("speaks in the units of what is watched, by metrics that the exporter, the plugin and the kubelet have", () => {
    const { cpu, memory, storage, connections, replicationLag, backupAge } = cnpgExpressions({ ...place, replicated: true, backups: true });
    const percentage = [cpu, memory, storage, connections].map((expression) => expression?.replace(/\{[^}]*\}/g, ""));
    const perNode = (expression: string, label = "pod") => `max by (node) (label_replace(${expression}, "node", "$1", "${label}", "(.+)"))`;
    expect(percentage).toEqual([
      perNode("100 * sum by (pod) (rate(container_cpu_usage_seconds_total[5m])) / sum by (pod) (kube_pod_container_resource_requests)"),
      perNode("100 * sum by (pod) (container_memory_working_set_bytes) / sum by (pod) (kube_pod_container_resource_limits)"),
      perNode(
        "100 * max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes) / max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes)",
        "persistentvolumeclaim",
      ),
      perNode("100 * sum by (pod) (cnpg_backends_total) / max by (pod) (cnpg_pg_settings_setting)"),
    ]);
    expect(replicationLag).toContain("cnpg_pg_replication_lag"); // seconds
    expect(backupAge).toMatch(/^\(time\(\) - max\(barman_cloud_cloudnative_pg_io_last_available_backup_timestamp\{.*\}\)\) \/ 3600$/); // hours
  });

  it("leaves out what there is none of", () => {
    const series = (backupRetentionDays: number, readReplicas: number) => {
      const { stack } = postgresOf({ ...local, backupRetentionDays, database: { ...local.database, readReplicas } });
      const { groups } = manifest(stack, "PrometheusRule").spec as {
        readonly groups: readonly [{ readonly rules: readonly { readonly record?: string }[] }];
      };
      return groups[0].rules.flatMap(({ record }) => record ?? []);
    };
    const byChoice = ["database:replication_lag:seconds", "database:backup_age:hours"];
    const all = series(1, 1);
    expect(all).toEqual(expect.arrayContaining(byChoice));
    expect(series(0, 0)).toEqual(all.filter((name) => !byChoice.includes(name)));
  });
});
