import type { CtyType } from "../../../../rehearsal/schemas/provider-schema";
import { fallbackValue } from "../../../../rehearsal/simulation/values/fallbacks";
import { valueContext } from "./value-context";

const type = "aws_elasticache_subnet_group";

function fallback(name: string, ctyType: CtyType = "string", values: Readonly<Record<string, unknown>> = {}): unknown {
  return fallbackValue(name, ctyType, valueContext(type, values));
}

describe("fallbackValue", () => {
  it.each([
    ["arn", /^arn:aws:elasticache:eu-central-1:111122223333:subnet-group\/[0-9a-f]{17}$/],
    ["target_group_arn", /^arn:aws:elasticache:eu-central-1:111122223333:target-group\/[0-9a-f]{17}$/],
    ["id", /^subnet-group-[0-9a-f]{17}$/],
    ["network_interface_id", /^network-interface-[0-9a-f]{17}$/],
    ["owner_id", /^111122223333$/],
    ["account_id", /^111122223333$/],
    ["registry_id", /^111122223333$/],
    ["unique_id", /^[0-9A-F]{21}$/],
    ["uid", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/],
    ["region", /^eu-central-1$/],
    ["bucket_region", /^eu-central-1$/],
    ["availability_zone", /^eu-central-1a$/],
    ["dns_name", /^subnet-group-[0-9a-f]{8}\.eu-central-1\.amazonaws\.com$/],
    ["primary_endpoint", /^https:\/\/subnet-group-[0-9a-f]{8}\.eu-central-1\.amazonaws\.com$/],
    ["created_at", /^2026-01-01T12:00:00Z$/],
    ["create_date", /^2026-01-01T12:00:00Z$/],
    ["engine_version", /^1$/],
    ["status", /^ACTIVE$/],
    ["json", /^\{"Version":"2012-10-17","Statement":\[\]\}$/],
    ["assume_role_policy", /^\{.*\}$/],
    ["parameter_group", /^parameter-group-[0-9a-f]{8}$/],
  ])("makes %s from its name", (name, shape) => {
    expect(fallback(name)).toMatch(shape);
  });

  it("calls a thing by its name where it has one", () => {
    expect(fallback("id", "string", { name: "cache" })).toBe("cache");
  });

  it("is a number, a switch or an empty collection where the type says so", () => {
    const types: readonly CtyType[] = ["number", "bool", ["list", "string"], ["set", "string"], ["map", "string"]];
    expect(types.map((ctyType) => fallback("arn", ctyType))).toEqual([0, false, [], [], {}]);
  });

  it("fills objects and tuples", () => {
    expect(fallback("node", ["object", { region: "string", port: "number" }])).toEqual({ region: "eu-central-1", port: 8443 });
    expect(fallback("node", ["tuple", ["bool", "number"]])).toEqual([false, 0]);
  });

  it("merges the provider's tags into all tags", () => {
    expect(fallback("tags_all", ["map", "string"], { tags: { Name: "cache", Absent: null } })).toEqual({
      Project: "ml-platform",
      Name: "cache",
    });
    expect(fallbackValue("tags_all", ["map", "string"], valueContext(type, { tags: null }, { defaultTags: {} }))).toEqual({});
  });

  it("is the same in every run, and another for another attribute", () => {
    expect(fallback("alpha_id")).toBe(fallback("alpha_id"));
    expect(fallback("alpha")).not.toBe(fallback("beta"));
  });
});
