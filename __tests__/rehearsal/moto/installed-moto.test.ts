import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { OperationError } from "../../../operations/operation-error";
import { plainProgress } from "../../../operations/progress";
import { installedMoto, installMoto, type MotoPlace } from "../../../rehearsal/moto/installed-moto";
import { missing, runner, timedOut } from "../../operations/checks/fake-runner";
import { cannotRun } from "../../cannot-run";
import { until } from "../until";

jest.setTimeout(120_000); // a virtual environment takes 3 s on an idle machine

const program = resolve(__dirname, "../../../rehearsal/moto/install.py");

/** What pip does without a network: nothing. */
const nothing = "--no-index\n";

/** Another run, which ends its work a second later: long enough for one that does not wait to spoil it. */
const otherRun = `
import fcntl, os, sys, time
fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
print("locked", flush=True)
time.sleep(1)
with open(sys.argv[1] + "/installed.txt", "w") as file:
    file.write(sys.argv[2])
`;

let root: string;
let lines: string[];
const progress = plainProgress((line) => lines.push(line));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "evenkeel-moto-"));
  lines = [];
});
afterEach(() => rmSync(root, { recursive: true }));

it("leaves what is installed alone", async () => {
  const place = somewhere(nothing);
  fakeInstallation(place, nothing);

  expect(await installMoto(progress, place, runner({}))).toBe(join(place.folder, "bin/python"));
  expect(lines).toEqual([]);
});

it.each<[string, (place: MotoPlace) => void]>([
  ["there is nothing", () => undefined],
  ["the list has changed", (place) => fakeInstallation(place, "moto==1.0.0\n")],
  ["its Python is gone", (place) => fakeInstallation(place, nothing, "/no/such/python")],
  ["the installation did not end", (place) => fakeInstallation(place, undefined)],
])("finds nothing when %s", (_, prepare) => {
  const place = somewhere(nothing);
  prepare(place);
  expect(installedMoto(place)).toBeUndefined();
});

if (spawnSync("python3", ["-c", "import ensurepip, venv"]).status !== 0) cannotRun("python3 is not installed, or lacks its module venv");
else {
  describe("with the Python of this machine", () => {
    it("begins anew after an installation that was killed, and keeps nothing of it", async () => {
      const place = somewhere(nothing);
      const killed = spawn("python3", [program, place.folder, place.requirements], { detached: true, stdio: "ignore" });
      const ended = new Promise((tell) => killed.on("close", tell));
      await until("the first files are there", () => existsSync(join(place.folder, "bin/python")));
      if (killed.pid !== undefined) process.kill(-killed.pid, "SIGKILL"); // with its children
      await ended;
      expect(installedMoto(place)).toBeUndefined();
      const half = join(place.folder, "half-made");
      writeFileSync(half, "");

      const python = await installMoto(progress, place);

      expect(python).toBe(installedMoto(place));
      expect(existsSync(half)).toBe(false);
      expect(lines).toEqual([`installing moto into ${place.folder} ...`, `installing moto into ${place.folder}: done`]);
    });

    it("waits for another run that is at it, and takes what that one has installed", async () => {
      const place = somewhere(nothing);
      fakeInstallation(place, undefined);
      const other = spawn("python3", ["-c", otherRun, place.folder, nothing], { stdio: ["ignore", "pipe", "inherit"] });
      await new Promise((locked) => other.stdout.once("data", locked));

      const python = await installMoto(progress, place);

      expect(readlinkSync(python)).toBe(process.execPath);
    });

    it("fails with pip's own words, and does not take that for an installation", async () => {
      const place = somewhere(`${nothing}evenkeel-no-such-package==1.0\n`);
      const failure = await failureOf(installMoto(progress, place));
      expect(failure).toContain(`moto could not be installed into ${place.folder}; python3 ended with 1`);
      expect(failure).toContain("No matching distribution found for evenkeel-no-such-package==1.0");
      expect(failure).toContain(`pip could not install what ${place.requirements} lists`);
      expect(installedMoto(place)).toBeUndefined();
    });

    it("fails with what to install when Python makes no virtual environment", async () => {
      const place = { ...somewhere(nothing), folder: join(root, "a:b") }; // a name that the module refuses
      const failure = await failureOf(installMoto(progress, place));
      expect(failure).toContain("apt install python3-venv");
      expect(failure).toContain("contains the PATH separator");
    });
  });
}

it("fails when there is no Python", async () => {
  const failure = await failureOf(installMoto(progress, somewhere(nothing), runner({ python3: missing })));
  expect(failure).toContain("python3 was not found on the PATH. Install Python 3.10 or later");
});

it("fails when it takes too long", async () => {
  const failure = await failureOf(installMoto(progress, somewhere(nothing), runner({ python3: timedOut })));
  expect(failure).toContain("not installed within 10 s");
});

it("pins the version of moto", () => {
  const list = readFileSync(resolve(program, "../requirements.txt"), "utf8");
  expect(list).toMatch(/^moto\[server\]==\d+\.\d+\.\d+$/m);
});

function somewhere(requirements: string): MotoPlace {
  const place = { folder: join(root, "venv"), requirements: join(root, "requirements.txt") };
  writeFileSync(place.requirements, requirements);
  return place;
}

/** @param list what was installed; undefined when it did not end */
function fakeInstallation({ folder }: MotoPlace, list: string | undefined, python = process.execPath): void {
  mkdirSync(join(folder, "bin"), { recursive: true });
  symlinkSync(python, join(folder, "bin/python"));
  if (list !== undefined) writeFileSync(join(folder, "installed.txt"), list);
}

/** The message for a person. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((reason: unknown) => reason);
  if (error instanceof OperationError) return error.message;
  throw new Error(`no OperationError, but ${error}`);
}
