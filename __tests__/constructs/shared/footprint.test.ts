import { catalogFor } from "../../../constructs/catalog";
import { bytesOf, millicoresOf } from "../../../constructs/namespaces/quantity";
import { highlyAvailableFootprint, minimalFootprint, singleFootprint, type Size } from "../../../constructs/shared/footprint";
import { environments } from "../../../environments/index";

const { local, dev, prod } = environments;
const sizes: readonly Size[] = ["small", "medium", "large"];

describe("the footprint", () => {
  it("is what the environment asks for: little on a laptop, one of each where it is cheap, enough to lose a zone in production", () => {
    expect(catalogFor(local).footprint).toBe(minimalFootprint);
    expect(catalogFor({ ...local, development: { ...local.development, minimalResources: false } }).footprint).toBe(singleFootprint);
    expect(catalogFor(dev).footprint).toBe(singleFootprint);
    expect(catalogFor(prod).footprint).toBe(highlyAvailableFootprint);
  });

  it("has a majority where one is needed", () => {
    expect([minimalFootprint.replicas, minimalFootprint.quorum]).toEqual([1, 1]);
    expect([singleFootprint.replicas, singleFootprint.quorum]).toEqual([1, 1]);
    expect([highlyAvailableFootprint.replicas, highlyAvailableFootprint.quorum]).toEqual([2, 3]);
  });

  it.each(sizes)("of size %s limits memory above its requests, CPU not at all, and is smaller where it is minimal", (size) => {
    const regular = singleFootprint.resources(size);
    const minimal = minimalFootprint.resources(size);
    for (const { requests, limits } of [regular, minimal]) {
      expect(bytesOf(limits.memory)).toBeGreaterThan(bytesOf(requests.memory));
      expect(Object.keys(limits)).toEqual(["memory"]);
    }
    expect(millicoresOf(minimal.requests.cpu)).toBeLessThan(millicoresOf(regular.requests.cpu));
    expect(bytesOf(minimal.requests.memory)).toBeLessThan(bytesOf(regular.requests.memory));
    expect(highlyAvailableFootprint.resources(size)).toEqual(regular);
  });
});

describe("what workloads get on a laptop", () => {
  const asked = (cpu: string, memory: string) =>
    minimalFootprint.workloads.resources({ requests: { cpu, memory }, limits: { memory: "1Gi" } }).requests;

  it("is next to nothing, whatever they declare", () => {
    expect(asked("2", "512Mi")).toEqual({ cpu: "10m", memory: "16Mi" });
  });

  it("is never more than they declare: a request above its limit is refused", () => {
    expect(asked("5m", "8Mi")).toEqual({ cpu: "5m", memory: "8Mi" });
  });
});
