import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SynthesizedStack } from "../../../operations/stacks";
import type { TerraformJson } from "../../../operations/terraform-json";
import { askingDataSources, writeRealStack, type RealStackOptions } from "../../../rehearsal/loop/real-stack";
import { overrideFile } from "../../../rehearsal/loop/stack-copy";
import { synthesizedEnvironments } from "../../stacks/synthesized-environments";

const config = { bucket: "states", key: "dev/cluster.tfstate" };
const shipped: TerraformJson = {
  terraform: { backend: { s3: { bucket: "states", key: "dev/data.tfstate" } }, required_providers: {} },
  provider: {
    aws: [
      { region: "eu-central-1", allowed_account_ids: ["1"] },
      { alias: "global", region: "us-east-1" },
    ],
  },
  data: { terraform_remote_state: { cluster: { backend: "s3", config } } },
  resource: {
    aws_kms_key: { Key: { lifecycle: { prevent_destroy: true } } },
    aws_s3_bucket: { Logs: { lifecycle: { prevent_destroy: true } } },
  },
};

describe("writeRealStack", () => {
  let work: string;
  let folder: string;
  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), "evenkeel-real-stack-"));
    folder = join(work, "real/stacks/dev-data");
  });
  afterEach(() => rmSync(work, { recursive: true }));

  /** Writes the stack, and reads the override beside it. */
  function written(options: Partial<RealStackOptions> = {}): Record<string, unknown> {
    const from = join(work, "synthesized");
    mkdirSync(from, { recursive: true });
    writeFileSync(join(from, "cdk.tf.json"), JSON.stringify(shipped, undefined, 3));
    const stack: SynthesizedStack = {
      ...{ name: "dev-data", environment: "dev", layer: "data", folder: from, dependsOn: [], resources: 2 },
      state: { in: "bucket", bucket: "states", key: "dev/data.tfstate" },
    };
    writeRealStack(stack, folder, { endpoint: "http://127.0.0.1:1", provider: "aws", asks: "nobody", ...options });
    return JSON.parse(readFileSync(join(folder, overrideFile), "utf8")) as Record<string, unknown>;
  }

  it("copies what ships, byte by byte, with an empty state of its own and upstream states where they are", () => {
    const { terraform, data, ...others } = written();
    expect(readFileSync(join(folder, "cdk.tf.json"), "utf8")).toBe(JSON.stringify(shipped, undefined, 3));
    expect(terraform).toEqual({ backend: { local: {} } });
    expect(data).toMatchObject({ terraform_remote_state: { cluster: { config: { ...config, endpoints: { s3: "http://127.0.0.1:1" } } } } });
    expect(Object.keys(others)).toEqual(["provider"]);
  });

  it("lets every block of the provider ask nobody, and leaves its other settings", () => {
    const settings = {
      allowed_account_ids: null,
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_region_validation: true,
      skip_requesting_account_id: true,
    };
    expect(written().provider).toEqual({ aws: [settings, { alias: "global", ...settings }] });
  });

  it("writes what was changed for an older provider", () => {
    const changed = { ...shipped, resource: { aws_kms_key: { Other: {} } } };
    written({ changed });
    expect(JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"))).toEqual(changed);
  });

  it("asks moto for its account, lifts protection and empties buckets there", () => {
    const { provider, resource } = written({ asks: "moto", liftProtection: true });
    expect(provider).toMatchObject({ aws: [{ skip_requesting_account_id: false, s3_use_path_style: true }, { alias: "global" }] });
    const lifecycle = { prevent_destroy: false };
    expect(resource).toEqual({ aws_kms_key: { Key: { lifecycle } }, aws_s3_bucket: { Logs: { lifecycle, force_destroy: true } } });
  });

  it("overrides no resource on moto where there is none to override", () => {
    expect(written({ asks: "moto", changed: { ...shipped, resource: {} } })).not.toHaveProperty("resource");
  });
});

describe("askingDataSources", () => {
  it("are the provider's own; reading another stack's state asks no cloud", () => {
    const data = { aws_region: { here: {} }, kubernetes_secret: { a: {} }, terraform_remote_state: { cluster: {} } };
    expect(askingDataSources({ ...shipped, data }, "aws")).toEqual(["aws_region"]);
  });

  it("are in no stack that ships: it could not be planned without an account", () => {
    const asking = Object.values(synthesizedEnvironments().stacks).flatMap(({ json }) => Object.keys(json.data ?? {}));
    expect(asking.length).toBeGreaterThan(0);
    expect(asking.filter((type) => type !== "terraform_remote_state")).toEqual([]);
  });
});
