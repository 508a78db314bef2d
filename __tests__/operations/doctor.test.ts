import { dev } from "../../environments/dev";
import { guarded, type Finding } from "../../operations/checks/check";
import { adviceLines, doctorExitCode, examine, findingRows } from "../../operations/doctor";

const ok: Finding = { check: "node", status: "ok", found: "v22.1.0", advice: "not said" };
const warn: Finding = { check: "disk", status: "warn", found: "3 GiB free", advice: "make room" };
const lacking: Finding = { check: "docker", status: "missing", found: "not found", advice: "install it" };

it("tells what was found, and what to do about what is not right", () => {
  expect(findingRows([ok, lacking])).toEqual([
    ["node", "ok", "v22.1.0"],
    ["docker", "missing", "not found"],
  ]);
  expect(adviceLines([ok, warn, lacking])).toEqual(["warn: disk: make room", "missing: docker: install it"]);
});

it("fails when something is missing, not when something is odd", () => {
  expect(doctorExitCode([ok, warn])).toBe(0);
  expect(doctorExitCode([ok, warn, lacking])).toBe(1);
});

it("goes on when a check throws", async () => {
  const throws = () => {
    throw new Error("\nno such file\n    at somewhere");
  };

  expect(await guarded("disk", throws)).toEqual({ check: "disk", status: "warn", found: "not checked: no such file" });
  expect(await guarded("disk", () => Promise.reject("odd"))).toMatchObject({ found: "not checked: odd" });
  expect(await guarded("disk", () => ok)).toBe(ok);
});

it("never fails itself, whatever the commands answer", async () => {
  const findings = await examine([dev], async () => ({ outcome: "ended", exitCode: 0, stdout: "\0{[garbage", stderr: "" }));

  expect(findings.map(({ check }) => check)).toEqual([
    "node",
    expect.stringMatching(/^engine/),
    "aws CLI",
    "aws credentials",
    "dev: account",
    "dev: state bucket",
    "dev: API server",
  ]);
  expect(findings.slice(1).every(({ status }) => status !== "ok")).toBe(true);
});

it("looks at what the chosen environments need, and at nothing else", async () => {
  const commands: string[] = [];
  await examine([dev], async (command) => {
    commands.push(command);
    return { outcome: "missing" };
  });

  expect(commands).not.toContain("docker");
});
