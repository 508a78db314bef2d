import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initArguments, runEngine, type EngineResult } from "../../../operations/engine";
import { engineVariables, makeHome } from "../../../rehearsal/loop/engine-variables";
import { surroundProcess } from "../../surround-process";
import { describeRehearsal } from "../describe-rehearsal";

jest.setTimeout(60_000);

/** What a developer may have set, and what each would do. */
const ofDeveloper = {
  AWS_PROFILE: "prod",
  AWS_CONFIG_FILE: "/home/somebody/.aws/config",
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_SESSION_TOKEN: "token",
  AWS_REGION: "us-west-2",
  AWS_ENDPOINT_URL: "https://s3.us-west-2.amazonaws.com",
  AWS_ENDPOINT_URL_S3: "https://s3.us-west-2.amazonaws.com",
  KUBECONFIG: "/home/somebody/.kube/config",
  KUBE_CONFIG_PATH: "/home/somebody/.kube/config",
  HELM_KUBECONTEXT: "prod",
  TF_WORKSPACE: "prod",
  TF_DATA_DIR: "/home/somebody/data",
  TF_CLI_ARGS: "-lock=false",
  TF_CLI_ARGS_plan: "-destroy",
  TF_CLI_CONFIG_FILE: "/home/somebody/.terraformrc",
  TF_PLUGIN_CACHE_DIR: "/home/somebody/plugins",
  TF_REATTACH_PROVIDERS: "{}",
  TF_TOKEN_app_terraform_io: "token",
  TF_VAR_account: "1",
  TF_LOG: "trace",
  HTTPS_PROXY: "http://proxy.example.com:3128",
  NO_PROXY: "*",
};

describe("variables of an engine in a rehearsal", () => {
  it("are these, and none of the developer's", () => {
    const restore = surroundProcess({ ...ofDeveloper, PATH: "/bin", TMPDIR: "/tmp" });
    try {
      expect(engineVariables({ work: "/somewhere", endpoint: "http://127.0.0.1:5000", reattach: "attached" })).toEqual({
        PATH: "/bin",
        TMPDIR: "/tmp",
        HOME: "/somewhere/home",
        TF_CLI_CONFIG_FILE: "/somewhere/home/cli.tfrc",
        TF_REATTACH_PROVIDERS: "attached",
        CHECKPOINT_DISABLE: "1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_ENDPOINT_URL: "http://127.0.0.1:5000",
        AWS_EC2_METADATA_DISABLED: "true",
        HTTP_PROXY: "http://127.0.0.1:9",
        HTTPS_PROXY: "http://127.0.0.1:9",
        NO_PROXY: "127.0.0.1",
        EVENKEEL_REHEARSAL: "true",
      });
    } finally {
      restore();
    }
  });
});

describeRehearsal("an engine in a rehearsal", () => {
  let work: string;
  let folder: string;

  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), "evenkeel-engine-variables-"));
    makeHome(work);
    folder = join(work, "stack");
    mkdirSync(folder);
    const required_providers = { random: { source: "registry.terraform.io/hashicorp/random", version: "3.7.2" } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
  });
  afterEach(() => rmSync(work, { recursive: true }));

  it("fails to install a provider that nobody has attached, and does not ask the network for it", async () => {
    const { exitCode, stderr } = await init({});
    expect(exitCode).toBe(1);
    expect(oneLine(stderr)).toMatch(/hashicorp\/random was not found in any of the search locations - \S+\/home\/no-providers $/);
  });

  it("fails to reach a registry even where its configuration allows it", async () => {
    writeFileSync(join(work, "home", "open.tfrc"), "provider_installation {\n  direct {}\n}\n");
    const { exitCode, stderr } = await init({ TF_CLI_CONFIG_FILE: join(work, "home", "open.tfrc") });
    expect(exitCode).toBe(1);
    expect(oneLine(stderr)).toMatch(/proxyconnect tcp: dial tcp 127\.0\.0\.1:9: connect: connection refused/);
  });

  function init(changes: NodeJS.ProcessEnv): Promise<EngineResult> {
    const variables = { ...engineVariables({ work, endpoint: "http://127.0.0.1:9", reattach: "{}" }), ...changes };
    return runEngine(initArguments, { folder, variables });
  }
});

/** The engine wraps its lines. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
