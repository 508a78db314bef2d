import { isSecret, isUnmarked, mayHoldSecret } from "../../../rehearsal/canaries/secret-attributes";
import { committedSchemas } from "../../../rehearsal/schemas/committed-schemas";
import type { BlockSchema } from "../../../rehearsal/schemas/provider-schema";
import { attributesByPath } from "../simulation/values/schema-paths";

const schemas = new Map(
  committedSchemas().flatMap(({ resource_schemas }) => Object.entries(resource_schemas).map(([type, { block }]) => [type, block] as const)),
);

function blockOf(type: string): BlockSchema {
  const block = schemas.get(type);
  if (block === undefined) throw new Error(`no committed schema has ${type}`);
  return block;
}

describe("what is a secret", () => {
  it("is told by the schema, where it tells it", () => {
    expect(isSecret("cloud_thing", "password", { type: "string", sensitive: true })).toBe(true);
    expect(isSecret("cloud_thing", "password_wo", { type: "string", write_only: true })).toBe(true);
    expect(isSecret("cloud_thing", "kubeconfig", { type: "string", computed: true })).toBe(false);
  });

  it("is listed where the schema does not, which is so for the key of a Kind cluster and its kubeconfig", () => {
    const attributes = blockOf("kind_cluster").attributes ?? {};
    const listed = Object.keys(attributes).filter((name) => isUnmarked("kind_cluster", name));
    expect(listed).toEqual(["client_key", "kubeconfig"]);
    expect(listed.filter((name) => attributes[name]?.sensitive)).toEqual([]);
    expect(listed.filter((name) => !isSecret("kind_cluster", name, attributes[name] ?? {}))).toEqual([]);
  });

  it("fails when a provider computes what is called a secret, and neither schema nor list says that it is one", () => {
    const called = /(^|_)(passwords?|secrets?|tokens?|kubeconfig|(private|client|secret|access)_key|auth)$/;
    // Where the secret is kept; a version; whether they are used.
    const noSecrets = [
      "aws_db_instance.master_user_secret",
      "aws_wafv2_web_acl.lock_token",
      "aws_launch_template.metadata_options.http_tokens",
    ];
    const unsaid = [...schemas].flatMap(([type, block]) =>
      Object.entries(attributesByPath(block))
        .filter(([path, schema]) => schema.computed && called.test(path) && !isSecret(type, path, schema))
        .map(([path]) => `${type}.${path}`),
    );
    expect(unsaid.filter((path) => !noSecrets.includes(path))).toEqual([]);
  });
});

describe("a place for a secret", () => {
  it("is an attribute that is one, and all that is in it", () => {
    expect(mayHoldSecret("random_password", blockOf("random_password"), ["result"])).toBe(true);
    expect(mayHoldSecret("kubernetes_secret_v1", blockOf("kubernetes_secret_v1"), ["data", "password"])).toBe(true);
    expect(mayHoldSecret("kind_cluster", blockOf("kind_cluster"), ["kubeconfig"])).toBe(true);
  });

  it.each([
    ["kubernetes_secret_v1", ["metadata", 0, "annotations", "data"]],
    ["kubernetes_config_map_v1", ["data", "password"]],
    ["random_password", ["keepers", "result"]],
    ["kind_cluster", ["endpoint"]],
    ["helm_release", ["values", 0]],
    ["helm_release", ["metadata", "values"]],
    ["kubernetes_secret_v1", ["nothing", "data"]],
  ])("is nothing else: %s %j", (type, path) => {
    expect(mayHoldSecret(type, blockOf(type), path)).toBe(false);
  });

  it("is no value of a chart, though the schema marks it: whoever reads a release reads its values", () => {
    const block = blockOf("helm_release");
    expect(mayHoldSecret("helm_release", block, ["set_sensitive", 0, "value"])).toBe(false);
    expect(mayHoldSecret("helm_release", block, ["set_wo", 0, "value"])).toBe(false);
    expect(mayHoldSecret("helm_release", block, ["repository_password"])).toBe(true);
  });

  it("may be in a block and in another attribute", () => {
    const secret = { value: { type: "string", sensitive: true }, name: { type: "string" } } as const;
    const block: BlockSchema = {
      attributes: { login: { nested_type: { nesting_mode: "list", attributes: secret } } },
      block_types: { user: { nesting_mode: "set", block: { attributes: secret } } },
    };
    const places = [
      ["login", 0, "value"],
      ["user", 1, "value"],
      ["login", 0, "name"],
      ["user", 1, "name"],
    ].map((path) => mayHoldSecret("cloud_thing", block, path));
    expect(places).toEqual([true, true, false, false]);
  });
});
