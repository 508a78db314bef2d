import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { PinnedProvider } from "../../constructs/shared/providers";
import { childVariables, engineBinary, machineVariable } from "../../environments/variables";
import { EngineMissingError, withoutStrayVariables } from "../../operations/engine";
import { bestPackage, mirrorFolders, mirrorVariable } from "./provider-mirrors";
import type { ProviderSchema } from "../schemas/provider-schema";

/** Variables for every run of the engine here: nothing of the developer's shell steers it, and it calls nobody. */
export const undisturbed: Readonly<Record<string, string | undefined>> = {
  ...withoutStrayVariables(),
  TF_IN_AUTOMATION: "1",
  TF_INPUT: "0",
  CHECKPOINT_DISABLE: "1",
};

/** Providers as a stack requires them, by their local names. */
export type RequiredProviders = Readonly<Record<string, PinnedProvider>>;

/** Providers that the engine installed in a folder. */
export interface InstalledProviders {
  readonly folder: string;
  /** What the engine got: as pinned, or relaxed to what a mirror holds. */
  readonly required: RequiredProviders;
  /** Where it got them, in words. */
  readonly from: string;
}

/** A download of the AWS provider, 150 MB, on a slow line, in milliseconds. */
const installTimeout = 300_000;

/** Says that there is no engine on this machine; undefined where there is one. */
export function missingEngine(): string | undefined {
  const { error } = spawnSync(engineBinary(), ["version"], { stdio: "ignore" });
  return error ? new EngineMissingError(engineBinary()).message : undefined;
}

/**
 * Installs providers with a real `init`: the pinned versions from wherever the machine's own configuration gets them
 * (registry, cache, mirror), else what the mirrors on this machine hold.
 * @param folder an existing folder to install in
 * @returns what is missing, in words, when there is no engine or no provider to be had
 */
export function installProviders(folder: string, pinned: RequiredProviders): InstalledProviders | string {
  const withoutEngine = missingEngine();
  if (withoutEngine !== undefined) return withoutEngine;
  const asPinned = initialize(join(folder, "pinned"), pinned);
  if (asPinned === undefined)
    return { folder: join(folder, "pinned"), required: pinned, from: "the registry, or what this machine has in its place" };

  const folders = mirrorFolders({ home: homedir(), variable: machineVariable });
  const packages = Object.values(pinned).map(({ source, version }) => ({ source, found: bestPackage(folders, source, version) }));
  const lacking = packages.filter(({ found }) => found === undefined).map(({ source }) => source);
  if (lacking.length > 0) {
    return `${lacking.join(", ")} is neither to be had from a registry nor in a mirror; name a mirror by ${mirrorVariable}.\n${asPinned}`;
  }
  const mirrors = packages.flatMap(({ source, found }) => (found ? [{ source, path: found.folder }] : []));
  const required = Object.fromEntries(
    Object.entries(pinned).map(([name, { source, version }]) => [
      name,
      { source, version: packages.find((one) => one.source === source)?.found?.version ?? version },
    ]),
  );
  const broken = initialize(join(folder, "mirrored"), required, cliConfig(mirrors));
  if (broken !== undefined) return `the packages in ${mirrors.map(({ path }) => path).join(", ")} do not install.\n${broken}`;
  return { folder: join(folder, "mirrored"), required, from: mirrors.map(({ path }) => path).join(", ") };
}

/** Path of a provider's program. */
export function executableOf({ folder }: InstalledProviders, { source, version }: PinnedProvider): string {
  const versionFolder = join(folder, ".terraform/providers", source, version);
  const [platform = ""] = readdirSync(versionFolder);
  const program = readdirSync(join(versionFolder, platform)).find((file) => file.startsWith("terraform-provider-"));
  if (program === undefined) throw new Error(`${versionFolder} holds no provider program`);
  return join(versionFolder, platform, program);
}

/**
 * What the installed providers know, by their source.
 * @param reattach value of `TF_REATTACH_PROVIDERS`. @default none: the engine starts them
 */
export function schemasOf({ folder }: InstalledProviders, reattach?: string): Readonly<Record<string, ProviderSchema>> {
  const { status, stdout, stderr } = engine(folder, ["providers", "schema", "-json"], { TF_REATTACH_PROVIDERS: reattach });
  if (status !== 0) throw new Error(`the engine does not tell the providers' schemas:\n${stderr}`);
  return (JSON.parse(stdout) as { provider_schemas: Record<string, ProviderSchema> }).provider_schemas;
}

/** Runs `init` for nothing but the providers; the engine's words when it fails. */
function initialize(folder: string, required: RequiredProviders, config?: string): string | undefined {
  mkdirSync(folder);
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
  const configFile = join(folder, "cli.tfrc");
  if (config !== undefined) writeFileSync(configFile, config);
  const { status, stderr, error } = engine(folder, ["init", "-no-color", "-backend=false"], {
    // Where there is no network this is to be known soon.
    TF_REGISTRY_DISCOVERY_RETRY: "0",
    TF_REGISTRY_CLIENT_TIMEOUT: "5",
    ...(config === undefined ? {} : { TF_CLI_CONFIG_FILE: configFile }),
  });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

function engine(folder: string, args: readonly string[], variables: Readonly<Record<string, string | undefined>> = {}) {
  return spawnSync(engineBinary(), [...args], {
    cwd: folder,
    env: childVariables({ ...undisturbed, ...variables }),
    encoding: "utf8",
    maxBuffer: 2 ** 28, // the schema of the AWS provider alone has 14 MB
    timeout: installTimeout,
  });
}

function cliConfig(mirrors: readonly { readonly source: string; readonly path: string }[]): string {
  const blocks = mirrors.map(
    ({ source, path }) => `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n    include = ["${source}"]\n  }`,
  );
  return `provider_installation {\n${blocks.join("\n")}\n}\n`;
}
