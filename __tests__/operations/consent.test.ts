import { PassThrough } from "node:stream";
import { askConsent } from "../../operations/consent";
import { OperationError } from "../../operations/operation-error";

/** Somebody who answers with a line, or closes the terminal without one. */
function person(line?: string) {
  const input = new PassThrough();
  input.end(line === undefined ? "" : `${line}\n`);
  return { input, output: new PassThrough() };
}

describe("asking", () => {
  const said: string[] = [];
  const options = { yes: false, command: "npm run up -- --yes", say: (line: string) => void said.push(line) };
  beforeEach(() => said.splice(0));

  it("goes on after yes, and shows before what it is about", async () => {
    await expect(askConsent("the cluster is replaced", { ...options, asked: person("yes") })).resolves.toBeUndefined();
    expect(said).toEqual(["the cluster is replaced"]);
  });

  it.each(["no", "y", "YES", ""])("fails when the answer is %j", async (answer) => {
    await expect(askConsent("it", { ...options, asked: person(answer) })).rejects.toThrow(new OperationError("Nothing was changed."));
  });

  it("wants another answer where that is asked for", async () => {
    const options = {
      yes: false,
      answer: "prod",
      option: "--confirm prod",
      command: "npm run destroy -- prod",
      say: (line: string) => void said.push(line),
    };
    await expect(askConsent("it", { ...options, asked: person("prod") })).resolves.toBeUndefined();
    await expect(askConsent("it", { ...options, asked: person("yes") })).rejects.toThrow(new OperationError("Nothing was changed."));
    await askConsent("it", { ...options, yes: true });
    expect(said.at(-1)).toBe("it\nAnswered by --confirm prod.");
  });

  it("fails when the terminal is closed without an answer", async () => {
    await expect(askConsent("it", { ...options, asked: person() })).rejects.toThrow(new OperationError("Nothing was changed."));
  });

  it("is not asked after --yes", async () => {
    await askConsent("it", { ...options, yes: true });
    expect(said).toEqual(["it\nAnswered by --yes."]);
  });
});
