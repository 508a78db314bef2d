import { Password } from "@cdktf/provider-random/lib/password";
import { catalogFor } from "../../constructs/catalog";
import { environments } from "../../environments/index";
import { onAws } from "../../environments/targets";
import { LayerStack } from "../../stacks/layer-stack";
import { synthesizedStack, type SynthesizedStack } from "../synthesized";
import { synthesizedApp, synthesizedEnvironments } from "./synthesized-environments";

const synthesized = synthesizedEnvironments();
const aws = onAws(Object.values(environments));

/** Every stack there is, and those of layers that are still to come, for which the catalogs have backends already. */
const stacks: readonly (readonly [string, SynthesizedStack])[] = [
  ...Object.entries(synthesized.stacks),
  ...Object.values(environments).flatMap((environment) =>
    catalogFor(environment)
      .order.filter((layer) => synthesized.stacks[`${environment.name}-${layer}`] === undefined)
      .map((layer) => [`${environment.name}-${layer}`, synthesizedStack(environment, layer, () => undefined)] as const),
  ),
];
const inS3 = stacks.filter(([, stack]) => "s3" in stack.json.terraform.backend);

describe("backends", () => {
  it("exist for five layers of four environments", () => {
    expect(stacks).toHaveLength(20);
    expect(inS3.map(([name]) => name)).toEqual(expect.arrayContaining(["dev-state", "prod-cluster", "local-platform", "staging-platform"]));
  });

  it("keep the state of every stack in a place of its own", () => {
    const places = stacks.map(([, { backend }]) => `${String(backend.bucket)} ${String(backend.key)} ${String(backend.path)}`);
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  });

  it.each(inS3)("%s: the key says environment and layer", (name, { backend }) => {
    const [environment, layer] = name.split("-");
    expect(backend.key).toBe(`${environment}/${layer}.tfstate`);
  });

  it.each(inS3)("%s: locks in S3 itself, not in DynamoDB", (_, { backend }) => {
    expect(backend.use_lockfile).toBe(true); // a boolean: cdktf would pass anything on
    expect(Object.keys(backend).filter((argument) => argument.startsWith("dynamodb"))).toEqual([]);
  });

  it.each(aws)("$name: encrypts under the key's alias, in its own account only", ({ name, accountId, region }) => {
    const ofEnvironment = stacks.filter(([stack]) => stack.startsWith(`${name}-`));
    expect(ofEnvironment).toHaveLength(5);
    for (const [, stack] of ofEnvironment) {
      expect(stack.backend).toEqual({
        bucket: `ml-platform-${name}-state-${accountId}`,
        key: expect.any(String),
        region,
        encrypt: true,
        kms_key_id: `alias/ml-platform-${name}-state`,
        allowed_account_ids: [accountId],
        use_lockfile: true,
      });
      expect(stack.json.provider?.aws).toMatchObject([{ region, allowed_account_ids: [accountId] }]);
    }
  });

  it("of a laptop's cluster and state stacks are files that no synth deletes", () => {
    expect(synthesized.stack("local-cluster").json.terraform.backend).toEqual({ local: { path: "../../../.state/local/cluster.tfstate" } });
    expect(synthesized.stack("local-state").json.terraform.backend).toEqual({ local: { path: "../../../.state/local/state.tfstate" } });
  });

  it.each(["local-platform", "local-data", "local-apps"])(
    "%s: asks MinIO and nothing of AWS, with a profile and without a secret",
    (name) => {
      const stack = stacks.find(([candidate]) => candidate === name)?.[1];
      expect(stack?.backend).toEqual({
        bucket: "ml-platform-local-state",
        key: name.replace("-", "/") + ".tfstate",
        region: "us-east-1",
        endpoints: { s3: "http://127.0.0.1:9000" },
        use_path_style: true,
        profile: "evenkeel-state",
        shared_credentials_files: ["../../../.state/local/credentials"],
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
        skip_s3_checksum: true,
        use_lockfile: true,
      });
    },
  );

  it("reach every block that reads another stack's state", () => {
    const blocks = Object.values(synthesized.stacks).flatMap((stack) => Object.entries(stack.json.data?.terraform_remote_state ?? {}));
    expect(blocks.map(([name]) => name).sort()).toEqual(
      aws
        .flatMap(({ name }) =>
          ["cluster", "cluster", "cluster", "platform", "platform", "data"].map((layer) => `cross-stack-reference-input-${name}-${layer}`),
        )
        .sort(),
    );
    for (const [name, { backend, config }] of blocks) {
      const read = synthesized.stack(name.replace("cross-stack-reference-input-", ""));
      expect(backend).toBe("s3");
      // A reader takes no lock.
      expect(config).toEqual({ ...read.backend, use_lockfile: undefined });
    }
  });

  it("of a laptop reach them, too, once a layer reads another's", () => {
    const { local } = environments;
    const props = { environment: local, catalog: catalogFor(local) };
    const { stack } = synthesizedApp((app) => {
      const password = new Password(new BareStack(app, "platform", props), "Password", { length: 32 });
      new Password(new BareStack(app, "data", props), "Password", { length: password.length });
    });

    const block = stack("local-data").json.data?.terraform_remote_state?.["cross-stack-reference-input-local-platform"];
    expect(block?.backend).toBe("s3");
    expect(block?.config).toEqual({ ...stack("local-platform").backend, use_lockfile: undefined });
  });
});

/** A layer with nothing in it. */
class BareStack extends LayerStack {}
