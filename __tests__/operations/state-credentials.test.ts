import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../../operations/local-folder";
import { credentialsFile, credentialsFrom, parseCredentials } from "../../operations/state-credentials";

const credentials = { accessKeyId: "terraform", secretAccessKey: "abc=/+ 1", bucket: "states" };
const outputs = { state_access_key: { value: "terraform" }, state_secret_key: { value: "abc=/+ 1" }, state_bucket: { value: "states" } };

it("reads the outputs and writes a profile that can be read again", () => {
  expect(credentialsFrom(JSON.stringify(outputs))).toEqual(credentials);

  const file = credentialsFile("evenkeel-state", credentials);
  expect(file).toBe("[evenkeel-state]\naws_access_key_id = terraform\naws_secret_access_key = abc=/+ 1\n");
  expect(parseCredentials("evenkeel-state", file)).toEqual({ accessKeyId: "terraform", secretAccessKey: "abc=/+ 1" });
});

it("reads the keys of the profile that was asked for", () => {
  const file =
    credentialsFile("first", { ...credentials, accessKeyId: "one" }) + credentialsFile("second", { ...credentials, accessKeyId: "two" });

  expect(parseCredentials("second", file)?.accessKeyId).toBe("two");
  expect(parseCredentials("first", file)?.accessKeyId).toBe("one");
  expect(parseCredentials("third", file)).toBeUndefined();
  expect(parseCredentials("first", "[first]\naws_access_key_id = one\n")).toBeUndefined();
});

it("fails when an output is missing, without the values of others", () => {
  const rest = { ...outputs, state_bucket: undefined };

  expect(() => credentialsFrom(JSON.stringify(rest))).toThrow("the state stack has no output state_bucket; its apply did not finish");
});

it("writes a file for its owner only, also over one that was open, and leaves nothing beside it", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-credentials-"));
  try {
    const path = join(folder, "credentials");
    writeFileSync(path, "old", { mode: 0o644 });
    writeFileSync(`${path}.unfinished`, "left by a killed run, longer than what follows", { mode: 0o644 });

    writeWhole(path, "new");

    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["credentials"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
