import type { Values } from "../../../../rehearsal/protocol/values";
import { committedSchemas } from "../../../../rehearsal/schemas/committed-schemas";
import { SimulatedResource, type ProviderSettings } from "../../../../rehearsal/simulation/simulated-resource";
import { appliedValue } from "./value-context";

const inRegion = "eu-central-1:111122223333";
const settings: ProviderSettings = { account: "111122223333", region: "eu-central-1", defaultTags: {} };

describe("values of databases", () => {
  it.each([
    ["aws_db_instance", "arn", { identifier: "db" }, `arn:aws:rds:${inRegion}:db:db`],
    ["aws_db_instance", "engine_version_actual", { engine_version: "18" }, "18.6"],
    ["aws_db_instance", "engine_version", {}, "17.6"],
    ["aws_db_parameter_group", "id", { name: "g" }, "g"],
    ["aws_db_subnet_group", "arn", { name: "g" }, `arn:aws:rds:${inRegion}:subgrp:g`],
    [
      "aws_db_proxy_target",
      "id",
      { db_proxy_name: "p", target_group_name: "default", db_instance_identifier: "db" },
      "p/default/RDS_INSTANCE/db",
    ],
    ["aws_backup_vault", "arn", { name: "v" }, `arn:aws:backup:${inRegion}:backup-vault:v`],
    ["aws_secretsmanager_secret_rotation", "id", { secret_id: "s" }, "s"],
    ["aws_cloudwatch_log_resource_policy", "id", { policy_name: "p" }, "p"],
  ])("give %s its %s", (type, path, values, expected) => {
    expect(appliedValue(path, type, values)).toBe(expected);
  });

  it("name the administrator's secret where RDS makes one up", () => {
    const asked = { manage_master_user_password: true, master_user_secret_kms_key_id: "key" };
    expect(appliedValue("master_user_secret", "aws_db_instance", asked)).toMatchObject([
      { kms_key_id: "key", secret_arn: expect.stringMatching(/:secret:rds!db-[0-9a-f-]{36}-\w{6}$/) as string },
    ]);
    expect(appliedValue("master_user_secret", "aws_db_instance", {})).toEqual([]);
  });
});

describe("a volume that has grown by itself", () => {
  const [block = {}] = committedSchemas().flatMap(({ resource_schemas }) => resource_schemas.aws_db_instance?.block ?? []);
  const resource = new SimulatedResource("aws_db_instance", block);
  const nothing = Object.fromEntries(Object.keys(block.attributes ?? {}).map((name) => [name, null]));
  const planned = (stored: number, asked: Values) => {
    const config = { ...nothing, ...asked };
    return resource.plan({ ...config, allocated_storage: stored }, config, config, settings).planned.allocated_storage;
  };

  it("stays as large as it is, up to its limit", () => {
    expect(planned(80, { allocated_storage: 20, max_allocated_storage: 100 })).toBe(80);
  });

  it("grows when more is asked for", () => {
    expect(planned(20, { allocated_storage: 40, max_allocated_storage: 100 })).toBe(40);
  });

  it("would shrink where it may not grow, as every other argument is taken back", () => {
    expect(planned(80, { allocated_storage: 20 })).toBe(20);
  });
});
