import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bestPackage, mirrorFolders } from "../../../rehearsal/real-providers/provider-mirrors";

const source = "registry.terraform.io/hashicorp/aws";
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "evenkeel-mirrors-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Makes a mirror with unpacked versions, and returns its folder. */
function mirror(name: string, ...versions: readonly string[]): string {
  const folder = join(root, name);
  for (const version of ["", ...versions]) mkdirSync(join(folder, source, version && `${version}/linux_amd64`), { recursive: true });
  return folder;
}

describe("mirrorFolders", () => {
  /** What is found, without the folders that this machine really has. */
  function found(variables: Readonly<Record<string, string>>, parents: readonly string[] = []): readonly string[] {
    const folders = mirrorFolders({ home: join(root, "home"), variable: (name) => variables[name], parents });
    return folders.filter((folder) => folder.startsWith(root));
  }

  it("takes the folder that the user names first, then the plugin cache, then implied ones, then usual places", () => {
    const [usual, implied, cache, named] = [mirror("opt/usual"), mirror("home/.terraform.d/plugins"), mirror("cache"), mirror("named")];
    mkdirSync(join(root, "opt/no-mirror"));
    const variables = { TF_PROVIDER_MIRROR: named, TF_PLUGIN_CACHE_DIR: cache };
    expect(found(variables, [join(root, "opt"), join(root, "absent")])).toEqual([named, cache, implied, usual]);
  });

  it("takes what the CLI configuration names, each folder once", () => {
    const [cache, own, other] = [mirror("home/cache"), mirror("own"), mirror("other")];
    const file = join(root, "cli.tfrc");
    const config = `plugin_cache_dir = "$HOME/cache"
      provider_installation {
        filesystem_mirror {
          path = "${own}"
        }
        filesystem_mirror { path = "${other}" }
        filesystem_mirror { path = "${own}" }
        # filesystem_mirror { path = "${mirror("off")}" }
      }`;
    writeFileSync(file, config);
    expect(found({ TF_CLI_CONFIG_FILE: file })).toEqual([cache, own, other]);
  });

  it("takes the configuration in the home folder when no other is named", () => {
    const own = mirror("own");
    mkdirSync(join(root, "home"));
    writeFileSync(join(root, "home/.terraformrc"), `plugin_cache_dir = "${own}"\n`);
    expect(found({})).toEqual([own]);
    expect(found({ TF_CLI_CONFIG_FILE: join(root, "absent") })).toEqual([]);
  });

  it("leaves out a folder that holds nothing of the registry", () => {
    expect(found({ TF_PROVIDER_MIRROR: root })).toEqual([]);
  });
});

describe("bestPackage", () => {
  const best = (folders: readonly string[], wanted = "6.25.0") => bestPackage(folders, source, wanted, "linux_amd64");

  it("takes the newest version, by number", () => {
    const [a, b] = [mirror("a", "5.9.0"), mirror("b", "5.100.0", "5.20.0")];
    expect(best([a, b])).toEqual({ folder: b, version: "5.100.0" });
  });

  it("takes the wanted version before a newer one", () => {
    const a = mirror("a", "5.100.0", "6.25.0", "6.34.0");
    expect(best([a])).toEqual({ folder: a, version: "6.25.0" });
  });

  it("takes packed versions, too", () => {
    const a = mirror("a", "5.0.0");
    for (const name of ["aws_5.1.0_linux_amd64", "aws_5.2.0_darwin_arm64"])
      writeFileSync(join(a, source, `terraform-provider-${name}.zip`), "");
    expect(best([a])).toEqual({ folder: a, version: "5.1.0" });
  });

  it("finds none when there is none for this platform, or only a preview", () => {
    const a = mirror("a", "6.0.0-beta1");
    mkdirSync(join(a, source, "5.0.0/darwin_arm64"), { recursive: true });
    expect(best([a])).toBeUndefined();
    expect(best([])).toBeUndefined();
  });
});
