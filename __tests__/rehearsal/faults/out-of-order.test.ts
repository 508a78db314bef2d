import { describeRehearsal } from "../describe-rehearsal";
import { FaultSite } from "./fault-site";
import { apply } from "./faulty-stack";

jest.setTimeout(120_000); // seven runs of the engine, 1 s for the cluster's apply on an idle machine

describeRehearsal("a stack that is applied before the one that it reads", (python) => {
  let site: FaultSite;

  beforeAll(async () => {
    site = await FaultSite.start(python);
  });
  afterAll(() => site.stop());

  it("fails with the name of that one, and is applied once that one is", async () => {
    const platform = await site.open("dev-platform");

    const { exitCode, stderr } = await platform.engine(...apply);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /Error: Unable to find remote state\n\n +with data\.terraform_remote_state\.cross-stack-reference-input-dev-cluster,/,
    );
    expect(await platform.existing()).toEqual([]);
    expect(await platform.state.keys()).toEqual([]);

    const cluster = await site.open("dev-cluster");
    await cluster.rehearsal.apply();
    expect(await platform.engine(...apply)).toMatchObject({ exitCode: 0 });
    await platform.expectWhole();
    await cluster.expectWhole();
  });
});
