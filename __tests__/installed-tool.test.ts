import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { missingTools } from "./installed-tool";

describe("installed tools", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-tools-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are found in any folder of the path", () => {
    writeFileSync(join(folder, "amtool"), "");
    expect(missingTools(["amtool"], ["/nowhere", folder].join(delimiter))).toBeUndefined();
  });

  it("fails when some are not there, with every package once", () => {
    expect(missingTools(["promtool", "amtool", "prometheus-alertmanager"], "/nowhere")).toBe(
      "promtool and amtool and prometheus-alertmanager not found; apt-get install prometheus prometheus-alertmanager",
    );
    expect(missingTools(["amtool"], "")).toBe("amtool not found; apt-get install prometheus-alertmanager");
  });
});
