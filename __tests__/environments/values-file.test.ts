import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentNames, type EnvironmentName } from "../../environments/environment";
import { environments } from "../../environments/index";
import { loadEnvironments, type LoadOptions } from "../../environments/load";
import { committedWith, refusalsOf } from "./changed";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-values-"));
const file = join(folder, "values.json");
afterAll(() => rmSync(folder, { recursive: true }));

/** Options that load environments with a values file of the given text. */
function withFile(text: string, options: LoadOptions = {}): LoadOptions {
  writeFileSync(file, text);
  return { ...options, variables: { ...options.variables, EVENKEEL_VALUES: file } };
}

const loaded = (name: EnvironmentName, options: LoadOptions) => loadEnvironments({ ...options, names: [name] }).environments[0];

describe("values file", () => {
  test("goes over the committed values, and single variables go over it", () => {
    const options = withFile(JSON.stringify({ dev: { accountId: "111111111111", owner: "other", cluster: { logRetentionDays: 7 } } }), {
      variables: { EVENKEEL_DEV_ACCOUNT_ID: "222222222222" },
    });
    const expected = committedWith({ dev: { accountId: "222222222222", owner: "other", "cluster.logRetentionDays": 7 } });
    expect(loaded("dev", options)).toEqual(expected.dev);
  });

  test("takes lists, network, endpoint, waf and topology whole, and merges the rest", () => {
    const endpoint = { access: "private", reach: { by: "tunnel", address: "localhost:8443", tlsServerName: "a.example.org" } };
    const network = { vpc: "create", cidr: "10.12.0.0/16", nat: "one-per-zone", flowLogRetentionDays: 1 };
    const options = withFile(
      JSON.stringify({
        staging: {
          network,
          cluster: { endpoint, viewers: [] },
          ingress: { waf: { rules: "none" } },
          cache: { topology: { kind: "single" } },
          tags: { Team: "a" },
        },
      }),
    );
    const expected = committedWith({
      staging: {
        network,
        "cluster.endpoint": endpoint,
        "cluster.viewers": [],
        "ingress.waf": { rules: "none" },
        "cache.topology": { kind: "single" },
        tags: { Team: "a" },
      },
    });
    expect(loaded("staging", options)).toEqual(expected.staging);
  });

  test("fails when it gives half a network, as the halves of two would make no sense", () => {
    expect(refusalsOf(withFile('{"dev":{"network":{"cidr":"10.12.0.0/16"}}}'))).toEqual([
      "dev.network: vpc is missing, must be create or existing; add the field",
    ]);
  });

  test("may begin with the mark that some editors on Windows write", () => {
    expect(loaded("dev", withFile('\ufeff{"dev":{"owner":"other"}}'))?.owner).toBe("other");
  });

  test("may hold nothing, or environments that are not chosen", () => {
    expect(refusalsOf(withFile("{}"))).toEqual([]);
    expect(refusalsOf(withFile('{"prod":{"zones":5}}', { names: ["dev"] }))).toEqual([]);
  });

  test("fails when it holds an environment that does not exist", () => {
    expect(refusalsOf(withFile('{"Dev":{"owner":"x"},"qa":1}'))).toEqual([
      `${file}: Dev is {"owner":"x"}, must be one of local, dev, staging, prod; did you mean dev?`,
      `${file}: qa is 1, must be one of local, dev, staging, prod; remove it`,
    ]);
  });

  test.each(["null", '"x"', "5", "[]", "true"])("fails when an environment in it is %s", (value) => {
    expect(refusalsOf(withFile(`{"dev":${value}}`))).toEqual([
      `${file}: dev is ${value}, must be an object; write { ... }, or leave the environment out`,
    ]);
  });

  test.each(["null", "[]", "5", '"dev"'])("fails when it holds %s", (text) => {
    expect(refusalsOf(withFile(text))).toEqual([
      `environment variables: EVENKEEL_VALUES is "${file}", must be a file with one JSON object; write { "dev": { ... } }`,
    ]);
  });

  test.each(["", "{", "{\n  dev: 1\n}", "{} {}", '{\n"dev": x\n}', '{"dev":{"zones":[}}', "\u0000"])(
    "fails when it is no JSON: %j",
    (text) => {
      const told = refusalsOf(withFile(text));
      expect(told).toEqual([expect.stringContaining(`EVENKEEL_VALUES is "${file}", must be a readable JSON file; `)]);
      expect(told[0]).not.toContain("\n");
    },
  );

  test("fails when it nests deeper than anything real", () => {
    const text = `{"dev":{"owner":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
    expect(refusalsOf(withFile(text))).toEqual([expect.stringContaining("must be a readable JSON file")]);
  });

  test.each([
    ["is not there", () => join(folder, "missing.json"), "ENOENT"],
    ["is a folder", () => folder, "EISDIR"],
    ["is below a file", () => join(file, "x"), "ENOTDIR"],
  ])("fails when it %s", (_, path, reason) => {
    writeFileSync(file, "{}");
    expect(refusalsOf({ variables: { EVENKEEL_VALUES: path() } })).toEqual([
      expect.stringContaining(`EVENKEEL_VALUES is "${path()}", must be a readable JSON file; ${reason}`),
    ]);
  });

  test("fails when a value in it is null, too large, or no number that JSON can hold", () => {
    expect(refusalsOf(withFile('{"dev":{"owner":null,"backupRetentionDays":1e999,"registry":{"keepImages":null}}}'))).toEqual([
      "dev: owner is null, must be text; write it in quotes",
      "dev: backupRetentionDays is Infinity, must be a whole number from 0 to 35 (days); choose one within that range",
      "dev.registry: keepImages is null, must be a whole number from 1 to 1000 (images); choose one within that range",
    ]);
  });
});

describe("a key __proto__ in the values file", () => {
  test.each([
    '{"__proto__":{"owner":"polluted"}}',
    '{"dev":{"__proto__":{"owner":"polluted"}}}',
    '{"dev":{"tags":{"__proto__":"polluted"}}}',
    '{"dev":{"cluster":{"__proto__":{"owner":"polluted"}}}}',
  ])("fails and changes no other object: %s", (text) => {
    const told = refusalsOf(withFile(text));
    expect(told).toEqual([expect.stringMatching(/: __proto__ is .*polluted.*, must be a field that exists; remove it$/)]);
    expect(Reflect.get({}, "owner")).toBeUndefined();
    expect(loadEnvironments({ variables: {} }).environments).toEqual(environmentNames.map((name) => environments[name]));
  });

  test.each(["constructor", "prototype", "toString", "hasOwnProperty"])("fails when a field is called %s", (field) => {
    expect(refusalsOf(withFile(JSON.stringify({ dev: { [field]: { owner: "polluted" } } })))).toEqual([
      `dev: ${field} is {"owner":"polluted"}, must be a field that exists; remove it`,
    ]);
  });

  test("may be called constructor where keys are the reader's own", () => {
    expect(loaded("dev", withFile('{"dev":{"tags":{"constructor":"x"}}}'))?.tags).toEqual({ constructor: "x" });
  });
});
