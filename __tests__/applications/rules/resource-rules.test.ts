import { refusals } from "../changed";

const at = "search.workloads.reader.resources";
const told = (field: string, value: unknown) => refusals({ [`${at}.${field}`]: value });

describe("memory", () => {
  test.each(["512Mi", "1Gi", "1G", "1.5Gi", "1024Ki", "2T", "1048576", "1000k"])("may be %s", (memory) => {
    expect(refusals({ [`${at}.limits.memory`]: memory, [`${at}.requests.memory`]: memory })).toEqual([]);
  });

  test.each([
    ["1GB", "write it as 1G or 1Gi"],
    ["1g", "write it as 1G or 1Gi"],
    ["1gi", "write it as 1G or 1Gi"],
    ["100mb", "write it as 100M or 100Mi"],
    ["100m", "write it as 100M or 100Mi"],
    ["1.5 GiB", "write it as 1.5G or 1.5Gi"],
    ["512", "write it as 512M or 512Mi"],
    ["512Ki", "write it as 512Mi"],
    ["0Mi", "write it as 512Mi"],
    ["-1Gi", "write it as 512Mi"],
    ["1e9", "write it as 512Mi"],
    ["a lot", "write it as 512Mi"],
  ])("fails when it is %j: %s", (memory, fix) => {
    expect(told("limits.memory", memory)).toEqual([
      `applications.${at}.limits: memory is "${memory}", must be an amount of memory of 1Mi at least such as 512Mi or 1Gi; ${fix}`,
    ]);
    expect(told("requests.memory", memory)).toEqual([expect.stringContaining(`requests: memory is "${memory}"`)]);
  });

  test("fails when more is requested than may be used", () => {
    expect(told("requests.memory", "1025Mi")).toEqual([
      `applications.${at}.requests: memory is "1025Mi", must be at most limits.memory, which is 1Gi; lower it or raise the limit`,
    ]);
    expect(told("requests.memory", "1Gi")).toEqual([]);
    expect(told("requests.memory", "1.1G")).toHaveLength(1);
  });
});

describe("CPU", () => {
  test.each(["1", "1000m", "0.5", "0.001", "1m"])("may be %s", (cpu) => {
    expect(told("requests.cpu", cpu)).toEqual([]);
  });

  test.each([
    ["0.5m", "write it as 1m, in whole thousandths of a core"],
    ["1.5m", "write it as 2m, in whole thousandths of a core"],
    ["250M", "write it as 250m, in whole thousandths of a core"],
    ["250 millicores", "write it as 250m, in whole thousandths of a core"],
    ["0.0005", "write it as 250m or 0.25"],
    ["0", "write it as 250m or 0.25"],
    ["0m", "write it as 1m, in whole thousandths of a core"],
    ["-1", "write it as 250m or 0.25"],
    ["50%", "write it as 250m or 0.25"],
    ["2 cores", "write it as 250m or 0.25"],
  ])("fails when it is %j: %s", (cpu, fix) => {
    expect(told("requests.cpu", cpu)).toEqual([
      `applications.${at}.requests: cpu is "${cpu}", must be an amount of CPU above 0 such as 250m or 0.25; ${fix}`,
    ]);
    expect(told("limits.cpu", cpu)).toEqual([expect.stringContaining(`limits: cpu is "${cpu}"`)]);
  });

  test("fails when it is no text", () => {
    expect(told("requests.cpu", 1)).toEqual([`applications.${at}.requests: cpu is 1, must be text; write it in quotes`]);
  });

  test("fails when more is requested than may be used, where there is a limit", () => {
    expect(told("requests.cpu", "1.001")).toEqual([
      `applications.${at}.requests: cpu is "1.001", must be at most limits.cpu, which is 1000m; lower it or raise the limit`,
    ]);
    expect(refusals({ [`${at}.requests.cpu`]: "64", [`${at}.limits.cpu`]: undefined })).toEqual([]);
  });

  test("and memory wait for each other's quantities no more than for their own", () => {
    const wrong = { [`${at}.requests.cpu`]: "2", [`${at}.requests.memory`]: "1GB", [`${at}.limits.memory`]: "2GB" };
    expect(refusals(wrong)).toHaveLength(3);
  });
});

describe("a GPU", () => {
  const training = "ml-platform.workloads.training";

  test("may be missing where the workload runs without", () => {
    expect(refusals({ [`${training}.gpus`]: { count: 1, otherwise: "run-without" }, [`${training}.placement`]: "general" })).toEqual([]);
  });

  test("fails when a workload insists on one, in each environment that has none for its placement", () => {
    const limit =
      'must be "run-without" where no node of the placement training has a GPU; change it, or give the node group instance types with GPUs';
    expect(refusals({ [`${training}.gpus.otherwise`]: "refuse" })).toEqual(
      ["local", "dev", "staging"].map((name) => `${name}.applications.${training}.gpus: otherwise is "refuse", ${limit}`),
    );
    const everywhere = refusals({ [`${training}.gpus.otherwise`]: "refuse", [`${training}.placement`]: "data-processing" });
    expect(everywhere).toHaveLength(4);
    expect(everywhere[3]).toContain("no node of the placement data-processing");
  });
});
