import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "./command";

jest.setTimeout(60_000); // each is a process of its own, which loads the AWS SDK

describe("npm run bootstrap", () => {
  const outdir = mkdtempSync(join(tmpdir(), "evenkeel-bootstrap-command-"));
  const run = (args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
    // Nothing listens at port 9, so whatever got that far would fail there.
    runScript("bootstrap", args, { CDKTF_OUTDIR: outdir, AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_MAX_ATTEMPTS: "1", ...variables });

  afterAll(() => rmSync(outdir, { recursive: true }));

  it("explains itself", async () => {
    const { exitCode, stdout } = await run(["--help"]);
    expect(exitCode).toBe(0);
    for (const word of ["npm run bootstrap --", "<environment>", "--yes", "--adopt", "Exit codes"]) expect(stdout).toContain(word);
  });

  it("says that the laptop needs none", async () => {
    const ended = await run(["local", "--yes"]);
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ended.stdout).toBe("local needs no bootstrap: `npm run up` makes its state store.\n");
    expect(readdirSync(outdir)).toEqual([]);
  });

  it("fails when the account is a placeholder, and names the variable that gives the real one", async () => {
    const { exitCode, stderr } = await run(["prod", "--yes"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('prod: accountId is "000000000003", must be an account of yours; set EVENKEEL_PROD_ACCOUNT_ID');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(outdir)).toEqual([]);
  });

  it("fails when there is no such environment", async () => {
    const { exitCode, stderr } = await run(["pord"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("did you mean prod?");
  });

  it("fails when S3 does not answer, in words, after it has synthesized", async () => {
    const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    const { exitCode, stderr } = await run(["dev", "--yes"], { EVENKEEL_DEV_ACCOUNT_ID: "123456789012", ...keys });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("s3://ml-platform-dev-state-123456789012 could not be looked up");
    expect(stderr).toContain("AWS_ENDPOINT_URL");
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(join(outdir, "stacks"))).toContain("dev-state");
  });
});
