import { isDeepStrictEqual } from "node:util";
import { liftedProtection } from "../../../operations/lifted-protection";
import type { Arguments } from "../../../operations/terraform-json";
import { overrideOf } from "../../../rehearsal/loop/override";
import { synthesizedEnvironments } from "../../stacks/synthesized-environments";

const endpoint = "http://127.0.0.1:5000";

/** All that a rehearsal may change of a backend, and of where another stack's outputs are read. */
const changedOfStore = [
  "allowed_account_ids",
  "endpoints",
  "skip_credentials_validation",
  "skip_metadata_api_check",
  "skip_requesting_account_id",
  "use_path_style",
];

/** All that a rehearsal may change of a resource, and to what. */
const lifted: Arguments = {
  lifecycle: { prevent_destroy: false },
  deletion_protection: false,
  deletion_protection_enabled: false,
  enable_deletion_protection: false,
};

const stacks = Object.entries(synthesizedEnvironments().stacks).map(([name, { json }]) => ({ name, json }));

describe.each(stacks)("what a rehearsal changes of $name", ({ json }) => {
  const { s3 } = json.terraform.backend;
  const remotes = Object.entries(json.data?.terraform_remote_state ?? {}).filter(([, { backend }]) => backend === "s3");

  it("is where the state is and where those are that it reads, and nothing else", () => {
    const { terraform, data, ...others } = overrideOf(json, { endpoint });
    expect(others).toEqual({});
    expect(terraform).toEqual(s3 === undefined ? undefined : { backend: { s3: expect.any(Object) } });
    expect(Object.keys(data ?? {})).toEqual(remotes.length === 0 ? [] : ["terraform_remote_state"]);
    expect(Object.keys(data?.terraform_remote_state ?? {})).toEqual(remotes.map(([name]) => name));
    for (const remote of Object.values(data?.terraform_remote_state ?? {})) expect(Object.keys(remote)).toEqual(["config"]);
  });

  it("of a state is its server: what is said of bucket, key, encryption and lock is what ships", () => {
    const { terraform, data } = overrideOf(json, { endpoint });
    const stores: readonly (readonly [unknown, unknown])[] = [
      ...(s3 ? [[s3, terraform?.backend.s3] as const] : []),
      ...remotes.map(([name, { config }]) => [config, data?.terraform_remote_state[name]?.config] as const),
    ];
    for (const [shipped, rehearsed] of stores as readonly (readonly [Arguments, Arguments])[]) {
      expect(rehearsed).toMatchObject({ bucket: shipped.bucket, key: shipped.key, endpoints: { s3: endpoint } });
      expect(changedOfStore).toEqual(expect.arrayContaining(changes(shipped, rehearsed)));
      expect(rehearsed).not.toHaveProperty("allowed_account_ids"); // the server has another account
    }
  });

  it("is, where protection is lifted, the protection besides", () => {
    const { resource = {}, ...others } = overrideOf(json, { endpoint, liftProtection: true });
    expect(others).toEqual(overrideOf(json, { endpoint }));
    const addresses = Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
    const { prevented, refused } = liftedProtection(json);
    expect(addresses.sort()).toEqual([...new Set([...prevented, ...refused])].sort());
    for (const values of Object.values(resource).flatMap((named) => Object.values(named))) expect(lifted).toMatchObject(values);
  });

  it("is, where a provider is set, that provider besides", () => {
    const aws = [{ access_key: "test" }];
    expect(overrideOf(json, { endpoint, providers: { aws } })).toEqual({ ...overrideOf(json, { endpoint }), provider: { aws } });
  });
});

describe("the stacks that ship", () => {
  it("have what the tests above look at", () => {
    expect(stacks.filter(({ json }) => json.terraform.backend.s3).length).toBeGreaterThan(9);
    expect(stacks.filter(({ json }) => json.data?.terraform_remote_state).length).toBeGreaterThan(2);
    expect(stacks.filter(({ json }) => liftedProtection(json).prevented.length > 0).length).toBeGreaterThan(3);
    expect(stacks.filter(({ json }) => liftedProtection(json).refused.length > 0).length).toBeGreaterThan(1);
  });
});

/** Arguments that are not the same in both. */
function changes(before: Arguments, after: Arguments): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !isDeepStrictEqual(before[name], after[name]));
}
