import { plainProgress } from "../../operations/progress";

describe("progress without a terminal", () => {
  const written: string[] = [];
  const progress = plainProgress((line) => written.push(line));
  beforeEach(() => written.splice(0));

  it("writes a line when a step begins and one when it has ended", async () => {
    expect(
      await progress.step(
        "planning",
        async () => 3,
        (count) => `${count} to add`,
      ),
    ).toBe(3);
    await progress.step("applying", async () => undefined);

    expect(written).toEqual(["planning ...", "planning: 3 to add", "applying ...", "applying: done"]);
  });

  it("says that a step failed, and lets the error through", async () => {
    await expect(progress.step("planning", () => Promise.reject(new Error("no")))).rejects.toThrow("no");

    expect(written).toEqual(["planning ...", "planning: failed"]);
  });
});
