import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compareVersions } from "../../operations/checks/tools";

/** The machine as far as providers can lie on it. */
export interface Machine {
  readonly home: string;
  readonly variable: (name: string) => string | undefined;
  /** Folders of which any child may be a mirror. @default where packages and administrators put shared data */
  readonly parents?: readonly string[];
}

/** Names the folder of a mirror; it wins over all others. */
export const mirrorVariable = "TF_PROVIDER_MIRROR";

const registryHost = "registry.terraform.io";

/**
 * Folders on this machine that hold provider packages the way the engine lays them out: what the user names, what the
 * engine would search by itself (its documentation, "Implied local mirror directories"), and what lies where such data usually lies.
 */
export function mirrorFolders({ home, variable, parents = ["/opt", "/usr/share", "/usr/local/share", "/var/lib"] }: Machine) {
  const implied = [
    join(home, ".terraform.d/plugins"),
    join(home, ".local/share/terraform/plugins"),
    join(home, "Library/Application Support/io.terraform/plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
  const usual = [
    join(home, ".terraform.d/plugin-cache"),
    ...parents.flatMap((parent) => childrenOf(parent).map((child) => join(parent, child))),
  ];
  const named = [variable(mirrorVariable), variable("TF_PLUGIN_CACHE_DIR"), ...configuredFolders(home, variable("TF_CLI_CONFIG_FILE"))];
  const folders = [...named, ...implied, ...usual].filter((folder) => folder !== undefined);
  return [...new Set(folders)].filter((folder) => existsSync(join(folder, registryHost)));
}

/** A provider's package in a mirror. */
export interface ProviderPackage {
  readonly folder: string;
  readonly version: string;
}

/**
 * The package of a provider to take from mirrors: the wanted version where there is one, else the newest.
 * @param source with its registry, e.g. `registry.terraform.io/hashicorp/aws`
 * @param platform in the engine's words, e.g. `linux_amd64`
 */
export function bestPackage(
  folders: readonly string[],
  source: string,
  wanted: string,
  platform = enginePlatform(),
): ProviderPackage | undefined {
  const packages = folders.flatMap((folder) => versionsIn(join(folder, source), platform).map((version) => ({ folder, version })));
  const newestFirst = packages.sort((a, b) => compareVersions(b.version, a.version));
  return newestFirst.find(({ version }) => version === wanted) ?? newestFirst[0];
}

/** Folders that the user's CLI configuration names: mirrors and the plugin cache have the same layout. */
function configuredFolders(home: string, file = join(home, ".terraformrc")): readonly string[] {
  if (!existsSync(file)) return [];
  const settings = readFileSync(file, "utf8").matchAll(/^[^#\n]*\b(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"/gm);
  return [...settings].map(([, folder = ""]) => folder.replace(/^(\$HOME|~)(?=\/)/, home));
}

/** Versions below a provider's folder, unpacked (`1.2.3/linux_amd64`) or packed (`terraform-provider-x_1.2.3_linux_amd64.zip`). */
function versionsIn(folder: string, platform: string): readonly string[] {
  return childrenOf(folder).flatMap((child) => {
    const [, packed] = /^terraform-provider-[\w-]+_([\d.]+)_(?:\w+)\.zip$/.exec(child) ?? [];
    if (packed !== undefined) return child.endsWith(`_${platform}.zip`) ? [packed] : [];
    return /^\d+\.\d+\.\d+$/.test(child) && existsSync(join(folder, child, platform)) ? [child] : [];
  });
}

/** What the engine calls this machine, e.g. `linux_amd64`. */
function enginePlatform(): string {
  return `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
}

function childrenOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Not there, or not ours to read: nothing to be had.
  }
}
