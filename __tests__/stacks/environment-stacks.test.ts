import { environments } from "../../environments/index";
import { onAws } from "../../environments/targets";
import { synthesizedEnvironments } from "./synthesized-environments";

const synthesized = synthesizedEnvironments();
const { dependencies, stacks } = synthesized;
const aws = onAws(Object.values(environments)).map(({ name }) => name);

describe("environments", () => {
  it("have these stacks, each deployed after the one before", () => {
    expect(dependencies).toEqual({
      "local-cluster": [],
      "local-state": ["local-cluster"], // the bucket lives in the cluster
      "local-platform": ["local-state"],
      "local-data": ["local-platform"],
      "local-apps": ["local-data"],
      ...Object.fromEntries(
        aws.flatMap((name): [string, string[]][] => [
          [`${name}-state`, []],
          [`${name}-cluster`, [`${name}-state`]],
          [`${name}-platform`, [`${name}-cluster`]],
          [`${name}-data`, [`${name}-platform`, `${name}-cluster`]], // cdktf adds what is read
          [`${name}-apps`, [`${name}-data`, `${name}-cluster`, `${name}-platform`]],
        ]),
      ),
    });
  });

  it.each(Object.entries(dependencies))("%s depends on its own environment only", (name, needed) => {
    const [environment] = name.split("-");
    expect(needed.filter((other) => !other.startsWith(`${environment}-`))).toEqual([]);
  });

  it.each(aws)("%s publishes what people and CI read, under fixed names", (name) => {
    expect(published(`${name}-state`)).toEqual(["state_bucket"]);
    expect(published(`${name}-cluster`)).toEqual(["cluster_name", "kubernetes_version", "pod_cidr"]);
    expect(published(`${name}-platform`)).toEqual(["certificate_issuer", "domain", "registry_address", "secret_store", "storage_class"]);
    expect(published(`${name}-data`)).toEqual([
      "cache_host",
      "cache_port",
      "cache_secret",
      "cache_user",
      "database_host",
      "database_name",
      "database_port",
      "database_secret",
      "database_url",
      "database_user",
      "object_store_buckets",
      "object_store_endpoint",
      "object_store_region",
    ]);
    expect(published(`${name}-apps`)).toEqual(["urls"]);
  });

  it("local publishes the same, and the credentials of its state store as secrets", () => {
    expect(published("local-state")).toEqual(["state_access_key", "state_bucket", "state_secret_key"]);
    expect(published("local-cluster")).toEqual(published("dev-cluster"));
    expect(published("local-platform")).toEqual(published("dev-platform"));
    expect(published("local-data")).toEqual(published("dev-data"));
    expect(published("local-apps")).toEqual(published("dev-apps"));
    const { output } = synthesized.stack("local-state").json;
    expect(output?.state_secret_key).toEqual({ value: expect.stringMatching(/^\$\{random_password\.\w+\.result\}$/), sensitive: true });
    expect(output?.state_access_key).toEqual({ value: "terraform", sensitive: true });
  });

  it("publish no secret that is not marked as one", () => {
    const open = Object.values(stacks).flatMap(({ json }) =>
      Object.values(json.output ?? {}).filter(({ sensitive }) => sensitive !== true),
    );
    expect(open.filter(({ value }) => /random_password|secret/.test(JSON.stringify(value)))).toEqual([]);
  });

  it("let only text, numbers and lists cross from stack to stack, by remote state", () => {
    const crossing = Object.values(stacks).flatMap(({ json }) =>
      Object.entries(json.output ?? {}).flatMap(([name, output]) => (name.startsWith("cross-stack-output-") ? [output] : [])),
    );
    const crossingTo = (name: string) => JSON.stringify(synthesized.stack(name).json.output);
    for (const name of aws) expect(crossingTo(`${name}-cluster`)).toMatch(/\.endpoint\}.*\.arn\}/); // the cluster, and the role that pulls images
    // One attribute of one resource, or what was made of one, never a whole one, and nothing that Terraform would call a password.
    const attribute = /^\$\{(?!random_)\w+\.[\w-]+(\.\w+|\[\d+\])*\.(?!result|private|secret)\w+\}$/;
    for (const { value } of crossing)
      expect(value).toMatch(/^\$\{local\./.test(String(value)) ? /^\$\{local\.\w+_ResourceId_\w+\}$/ : attribute);

    const blocks = Object.values(stacks).flatMap(({ json }) => Object.keys(json.data ?? {}));
    expect(new Set(blocks)).toEqual(new Set(["terraform_remote_state"]));
  });

  it("fails when a reference to another stack dangles: what is read is published", () => {
    for (const { json } of Object.values(stacks)) {
      const read = [...JSON.stringify(json).matchAll(/terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)/g)];
      for (const [, producer = "", output = ""] of read)
        expect(Object.keys(synthesized.stack(producer).json.output ?? {})).toContain(output);
    }
    const json = JSON.stringify(synthesized.stack("dev-platform").json);
    expect(json).toContain("${data.terraform_remote_state.cross-stack-reference-input-dev-cluster.outputs.cross-stack-output-");
  });

  function published(name: string): readonly string[] {
    return Object.keys(synthesized.stack(name).json.output ?? {})
      .filter((output) => !output.startsWith("cross-stack-output-"))
      .sort();
  }
});
