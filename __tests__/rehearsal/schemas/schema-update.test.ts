import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { providers } from "../../../constructs/shared/providers";
import type { ProviderSchema } from "../../../rehearsal/schemas/provider-schema";
import { updateSchemas } from "../../../rehearsal/schemas/schema-update";
import { schemaFile } from "../../../rehearsal/schemas/committed-schemas";
import { runScript } from "../../operations/command";
import { surroundProcess } from "../../surround-process";

jest.setTimeout(30_000); // a command takes a second on a quiet machine

const folders: string[] = [];
const sea = { source: "registry.terraform.io/hashicorp/sea", version: "1.2.0" };
const land = { source: "registry.terraform.io/hashicorp/land", version: "3.0.0" };
const pinned = { sea, land };
const types = ["sea_ship", "data.sea_port", "land_tree"];

const sized = (type: "string" | "number") => ({
  version: 1,
  block: { attributes: { size: { type, required: true, description: "Size." } } },
});
const seaSchema: ProviderSchema = {
  provider: { version: 0, block: {} },
  resource_schemas: { sea_ship: sized("number"), sea_whale: sized("number") },
  data_source_schemas: { sea_port: sized("string") },
};
const landSchema: ProviderSchema = { resource_schemas: { land_tree: sized("number") } };

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function folder(files: Readonly<Record<string, object | Buffer>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), "evenkeel-schema-test-"));
  folders.push(path);
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(path, name), Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return path;
}

/** One provider as its part of an answer, packed, and one as an engine's whole answer. */
function given(): Readonly<Record<string, object | Buffer>> {
  return {
    "sea-1.2.0.json.gz": gzipSync(JSON.stringify({ ...sea, ...seaSchema })),
    "land-3.0.0.json": { format_version: "1.0", provider_schemas: { [land.source]: landSchema } },
  };
}

function read(to: string, name: string): unknown {
  return JSON.parse(readFileSync(schemaFile(name, to), "utf8"));
}

describe("updateSchemas from a folder", () => {
  it("writes what is used, without words, and says what is new", () => {
    const to = join(folder(), "schemas");
    expect(updateSchemas({ from: folder(given()), to, types, pinned })).toEqual([
      "+ sea 1.2.0",
      "+ provider.sea",
      "+ sea_ship",
      "+ data.sea_port",
      "+ land 3.0.0",
      "+ provider.land",
      "+ land_tree",
    ]);
    const size = { version: 1, block: { attributes: { size: { type: "number", required: true } } } };
    expect(read(to, "sea")).toEqual({
      ...sea,
      provider: { version: 0, block: {} },
      resource_schemas: { sea_ship: size },
      data_source_schemas: { sea_port: { version: 1, block: { attributes: { size: { type: "string", required: true } } } } },
    });
    expect(read(to, "land")).toMatchObject({ ...land, resource_schemas: { land_tree: size }, data_source_schemas: {} });
  });

  it("says what changed since, and nothing when nothing did", () => {
    const to = folder();
    updateSchemas({ from: folder(given()), to, types, pinned });
    expect(updateSchemas({ from: folder(given()), to, types, pinned })).toEqual([]);

    const later = { ...seaSchema, resource_schemas: { sea_ship: sized("string"), sea_whale: sized("number") } };
    const from = folder({ ...given(), "sea-1.3.0.json": { ...sea, ...later } });
    const raised = { sea: { ...sea, version: "1.3.0" }, land };
    expect(updateSchemas({ from, to, types: ["sea_ship", "sea_whale", "land_tree"], pinned: raised })).toEqual([
      "~ sea 1.2.0 -> 1.3.0",
      "- data.sea_port",
      "+ sea_whale",
      "~ sea_ship",
    ]);
  });

  it.each([
    [["1.2.0", "1.10.0"], "1.2.0"],
    [["1.1.0", "1.9.0", "1.10.0", "2.0.0"], "1.10.0"],
  ])("of %j takes %s: the pinned version, else the newest of its major", (versions, expected) => {
    const { "land-3.0.0.json": landFile = {} } = given();
    const seas = versions.map((version) => [`sea-${version}.json`, { ...sea, ...seaSchema }]);
    const to = folder();
    updateSchemas({ from: folder({ "land-3.0.0.json": landFile, ...Object.fromEntries(seas) }), to, types, pinned });
    expect(read(to, "sea")).toMatchObject({ version: expected });
  });

  it("fails when a used type is in no schema, names all of them, and writes nothing", () => {
    const to = folder();
    const update = () => updateSchemas({ from: folder(given()), to, types: [...types, "sea_monster", "tls_private_key"], pinned });
    expect(update).toThrow(
      `sea_monster is used, but ${sea.source} 1.2.0 does not have it: give the schemas of the version that the bindings were made from\n` +
        "tls_private_key is used, but no provider in constructs/shared/providers.ts is called tls: pin it there",
    );
    expect(readdirSync(to)).toEqual([]);
  });

  it("fails when the folder has no schema for a provider, and names all of them", () => {
    const update = () => updateSchemas({ from: folder({ "sea-1.1.9.json": { ...sea, ...seaSchema } }), to: folder(), types, pinned });
    expect(update).toThrow(/holds no sea-1\.2\.0\.json or \.json\.gz, nor a later .*\n.*holds no land-3\.0\.0\.json/);
  });

  it("fails when a file is of another provider, or not JSON", () => {
    const from = (file: object | Buffer) => () =>
      updateSchemas({ from: folder({ ...given(), "land-3.0.0.json": file }), to: folder(), types, pinned });
    expect(from({ ...sea, ...seaSchema })).toThrow(`land-3.0.0.json says nothing about ${land.source}`);
    expect(from({ provider_schemas: {} })).toThrow(`land-3.0.0.json says nothing about ${land.source}`);
    expect(from(Buffer.from("{"))).toThrow("land-3.0.0.json is not readable as JSON");
  });
});

describe("updateSchemas from the engine", () => {
  let restore: (() => void) | undefined;
  afterEach(() => restore?.());

  /** An engine that installs what it is asked for, unless told otherwise, and keeps where that was and what. */
  function engine({ init = "true", mirror = "" } = {}): string {
    const home = folder({ "answer.json": { provider_schemas: { [sea.source]: seaSchema, [land.source]: landSchema } } });
    const program = join(home, "engine");
    const commands = [
      `init*) pwd > "${home}/where"; cp main.tf.json "${home}/asked.json"; ${init} ;;`,
      `"providers schema -json") cat "${home}/answer.json" ;;`,
    ];
    writeFileSync(program, `#!/bin/sh\ncase "$*" in\n${commands.join("\n")}\nesac\n`);
    chmodSync(program, 0o755);
    restore = surroundProcess({ TERRAFORM_BINARY_NAME: program, TF_PROVIDER_MIRROR: mirror });
    return home;
  }

  it("asks for the pinned providers, writes their schemas, and leaves nothing behind", () => {
    const home = engine();
    const to = folder();
    expect(updateSchemas({ to, types, pinned })).toContain("+ land_tree");
    expect(JSON.parse(readFileSync(join(home, "asked.json"), "utf8"))).toEqual({ terraform: { required_providers: pinned } });
    expect(read(to, "sea")).toMatchObject({ ...sea, resource_schemas: { sea_ship: { version: 1 } } });
    expect(existsSync(dirname(readFileSync(join(home, "where"), "utf8").trim()))).toBe(false);
  });

  it("fails when the providers are not to be had, and says so", () => {
    engine({ init: "echo no network >&2; exit 1" });
    const update = () => updateSchemas({ to: folder(), types, pinned });
    expect(update).toThrow(/The engine gives no schemas: .*hashicorp\/sea.*\n[^]*no network\n.*--from/);
  });

  it("fails when a mirror holds only versions that do not stand for the pinned ones", () => {
    const mirror = folder();
    const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
    const packages = [
      [sea.source, "1.1.0"],
      [land.source, "3.1.0"],
    ];
    for (const parts of packages) mkdirSync(join(mirror, ...parts, platform), { recursive: true });
    engine({ init: "test -f cli.tfrc", mirror });
    const update = () => updateSchemas({ to: folder(), types, pinned });
    expect(update).toThrow(/^sea is 1\.1\.0 on this machine, must be 1\.2\.0 or a later one of its major$/);
  });
});

describe("npm run schemas", () => {
  /** Files whose every schema is the committed one, as far as there is one. */
  function committed(): Readonly<Record<string, object>> {
    return Object.fromEntries(
      Object.entries(providers).map(([name, { version }]) => [
        `${name}-${version}.json`,
        JSON.parse(readFileSync(schemaFile(name), "utf8")),
      ]),
    );
  }

  it("writes every used type of every provider, and says so", async () => {
    const to = folder();
    const { exitCode, stdout, stderr } = await runScript("schemas", ["--from", folder(committed()), "--to", to]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("+ kind_cluster\n");
    expect(readdirSync(to).sort()).toEqual(Object.keys(providers).map((name) => `${name}.json`));
    expect(readFileSync(schemaFile("kind", to), "utf8")).toBe(readFileSync(schemaFile("kind"), "utf8"));
  });

  it("fails when a used type is in no schema, without a stack trace", async () => {
    const from = folder({ ...committed(), [`kind-${providers.kind.version}.json`]: providers.kind });
    const { exitCode, stderr } = await runScript("schemas", ["--from", from, "--to", folder()]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      "kind_cluster is used, but registry.terraform.io/tehcyx/kind 0.9.0 does not have it: " +
        "give the schemas of the version that the bindings were made from\n",
    );
  });

  it("fails when the folder is not there", async () => {
    const { exitCode, stderr } = await runScript("schemas", ["--from", "/nowhere", "--to", folder()]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: "--from is /nowhere, must be a folder that holds schemas; there is none of this name\n",
    });
  });
});
