import { checkAwsCli, checkEngine, checkNode, compareVersions } from "../../../operations/checks/tools";
import { engines } from "../../../package.json";
import { answered, missing, refused, runner, timedOut } from "./fake-runner";

describe("node", () => {
  it.each([
    ["v20.18.9", "missing"],
    ["v20.19.0", "ok"],
    ["v22.12.0", "ok"],
    ["v22.99.99", "ok"],
    ["v23.0.0", "missing"],
    ["v8.0.0", "missing"],
    ["v100.0.0", "missing"],
  ])("%s is %s", (version, status) => {
    expect(checkNode(version, ">=20.19 <23")).toMatchObject({ check: "node", status, found: version });
  });

  it("reads the range of package.json", () => {
    expect(checkNode("v1.0.0", engines.node).status).toBe("missing");
    expect(checkNode("v999.0.0", engines.node).status).toBe("missing");
    expect(checkNode(process.version, engines.node).status).toBe("ok");
  });
});

describe("engine", () => {
  it.each([
    ["Terraform v1.11.0\non linux_amd64\n", "ok", "Terraform 1.11.0"],
    ["Terraform v1.10.5\non linux_amd64\n", "missing", "Terraform 1.10.5"],
    ["OpenTofu v1.10.0\non linux_amd64\n", "ok", "OpenTofu 1.10.0"],
    ["OpenTofu v1.9.4\non linux_amd64\n", "missing", "OpenTofu 1.9.4"],
    ["Warning: old config\n\nTerraform v2.0.1-rc1\n", "ok", "Terraform 2.0.1"],
    ["command not understood", "missing", "neither Terraform nor OpenTofu"],
    ["", "missing", "neither Terraform nor OpenTofu"],
  ])("%j is %s", async (answer, status, found) => {
    expect(await checkEngine(runner({ "tofu version": answered(answer) }), "tofu")).toMatchObject({
      check: "engine (tofu)",
      status,
      found,
    });
  });

  it.each([
    [missing, "not found"],
    [timedOut, "no answer within 10 s"],
    [refused("\n  segmentation fault\nmore"), "segmentation fault"],
  ])("fails when it does not run, with how to get it", async (result, found) => {
    const finding = await checkEngine(runner({ terraform: result }), "terraform");

    expect(finding).toMatchObject({ status: "missing", found });
    expect(finding.advice).toMatch(/install Terraform >= 1\.11 .* TERRAFORM_BINARY_NAME/);
  });
});

describe("aws CLI", () => {
  it.each([
    [answered("aws-cli/2.31.0 Python/3.13.7 Linux/6 exe/x86_64\n"), "ok", "2.31.0"],
    [answered("aws-cli/1.45.11 Python/3.11.7 Linux/6 botocore/1.43.11\n"), "missing", "1.45.11"],
    [answered("something else"), "missing", "an unknown version"],
    [missing, "missing", "not found"],
    [timedOut, "missing", "no answer within 10 s"],
  ])("%j is %s", async (result, status, found) => {
    expect(await checkAwsCli(runner({ "aws --version": result }))).toMatchObject({ status, found });
  });
});

it("compares versions by number, part by part", () => {
  expect(compareVersions("1.9.0", "1.10")).toBeLessThan(0);
  expect(compareVersions("v1.10.0", "1.10")).toBe(0);
  expect(compareVersions("2", "1.99.99")).toBeGreaterThan(0);
});
