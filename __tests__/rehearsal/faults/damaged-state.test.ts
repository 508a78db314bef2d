import { describeRehearsal } from "../describe-rehearsal";
import { FaultSite } from "./fault-site";
import { apply, plan, type FaultyStack } from "./faulty-stack";

jest.setTimeout(120_000); // twenty runs of the engine, 0.3 s each on an idle machine

describeRehearsal("the state of a stack", (python) => {
  let site: FaultSite;
  let stack: FaultyStack;
  let good = "";

  beforeAll(async () => {
    site = await FaultSite.start(python);
    stack = await site.open("dev-state");
    await stack.rehearsal.apply();
    good = await stack.state.read();
  });
  afterAll(() => site.stop());

  it.each([
    ["is no JSON", () => "garbage", /Error: Unsupported state file format\n\nThe state file could not be parsed as JSON/],
    [
      "is cut off",
      () => good.slice(0, good.length / 2),
      /Error: Unsupported state file format\n\nThe state file could not be parsed as JSON/,
    ],
    ["is another document", () => "{}", /Error: Unsupported state file format\n\nThe state file does not have a "version" attribute/],
  ])("fails when it %s, and comes back with its previous version", async (_, damaged, message) => {
    await stack.state.write(damaged());

    const { exitCode, stderr } = await stack.engine(...apply);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);

    await bringBack();
  });

  it.each([
    ["is empty", () => "", 17],
    ["is of an older version", () => withoutLast(good), 1],
  ])("that %s makes a plan want what exists, and comes back with its previous version", async (_, damaged, missing) => {
    await stack.state.write(damaged());
    expect((await stack.engine(...plan)).stdout).toContain(`Plan: ${missing} to add, 0 to change, 0 to destroy.`);
    await bringBack();
  });

  it("that has a lock of a run that is over is untouched: the lock is lifted by its id", async () => {
    const id = "3f8a8e4c-2b1d-4c6e-9d3f-0a1b2c3d4e5f";
    await stack.state.lock(id);

    const { exitCode, stderr } = await stack.engine(...apply);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`Error acquiring the state lock[^]*ID: +${id}[^]*Who: +somebody@ci`));

    expect(await stack.engine("force-unlock", "-force", id)).toMatchObject({ exitCode: 0 });
    await stack.expectWhole();
  });

  /** As the runbook says: the version before becomes the newest again. */
  async function bringBack(): Promise<void> {
    const [, previous] = await stack.state.versions();
    await stack.state.restore(previous);
    expect(await stack.state.read()).toBe(good);
    await stack.expectWhole();
  }

  /** The state before the last resource was made. */
  function withoutLast(state: string): string {
    const { resources, ...rest } = JSON.parse(state) as { readonly resources: readonly unknown[] };
    return JSON.stringify({ ...rest, resources: resources.slice(0, -1) });
  }
});
