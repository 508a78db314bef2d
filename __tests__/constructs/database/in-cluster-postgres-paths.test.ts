import { NetworkPolicies } from "../../../constructs/connections/network-policies";
import { environments } from "../../../environments/index";
import { databaseProps } from "../../contracts/database";
import { dataStackOf } from "../../data-stack";
import { networkPaths } from "../../network-paths";
import { makePostgres, postgresOf } from "./postgres-stack";

const { local } = environments;
const outside = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const toApiServer = outside.map((block) => `to ${block} 6443 443`);
const toDns = "to kube-system/kube-dns 53/UDP 53";

describe("paths of InClusterPostgres", () => {
  it("lead from the operator and from each other to the servers, and from there to the API server, DNS and the backups", () => {
    const paths = networkPaths(postgresOf({ ...local, monitoring: false }).stack);
    expect(paths["database-database-instance"]).toEqual([
      "from cloudnative-pg/cloudnative-pg 5432 8000",
      "from database/database 5432 8000",
    ]);
    expect(paths["database-database"]).toEqual([
      "to database/database/instance 5432 8000",
      ...toApiServer,
      toDns,
      "to state-store/minio 9000",
    ]);
  });

  it("are open at the operator's end, too, in its own namespace", () => {
    const { stack } = postgresOf(local);
    expect(networkPaths(stack)["database-cloudnative-pg"]).toEqual(["to database/database/instance 5432 8000"]);
    const policy = stack.one("kubernetes_network_policy_v1", "Database_Paths_cloudnative-pg");
    expect(policy.metadata).toMatchObject({ namespace: "cloudnative-pg" });
  });

  it("lead through the pooler where there is one, and to the exporters where somebody watches", () => {
    const paths = networkPaths(postgresOf({ ...local, monitoring: true, database: { ...local.database, pooling: true } }).stack);
    expect(paths["database-database-instance"]).toEqual([
      "from cloudnative-pg/cloudnative-pg 5432 8000",
      "from database/database 5432 8000",
      "from monitoring/prometheus 9187",
      "from database/database-pooler 5432",
    ]);
    expect(paths["database-database-pooler"]).toEqual([
      "from monitoring/prometheus 9127",
      "to database/database/instance 5432",
      ...toApiServer,
      toDns,
    ]);
    expect(paths["database-prometheus"]).toEqual(["to database/database/instance 9187", "to database/database-pooler 9127"]);
  });

  it.each([
    ["the servers", false, "to database/database/instance 5432"],
    ["the pooler alone", true, "to database/database-pooler 5432"],
  ] as const)("lead clients to %s", (_, pooling, way) => {
    const environment = { ...local, database: { ...local.database, pooling } };
    const stack = dataStackOf(environment, (parts) => {
      const database = makePostgres(parts, "Database", databaseProps(parts, "Database"));
      const paths = database.paths({ namespace: "team-a", labels: { app: "api" } });
      new NetworkPolicies(parts.stack, "Client", { owner: "client", places: parts.setting.places, paths });
    });
    expect(networkPaths(stack)["client-api"]).toEqual([toDns, way]);
  });
});
