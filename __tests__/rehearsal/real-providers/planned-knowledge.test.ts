import { comparePlans, type ComparedValue } from "../../../rehearsal/real-providers/planned-knowledge";

const source = "registry.terraform.io/hashicorp/aws";

interface Resource {
  readonly after: object;
  readonly after_unknown?: object;
  readonly address?: string;
  readonly mode?: string;
  readonly provider_name?: string;
}

/** A plan as `show -json` prints it. */
function plan(...resources: readonly Resource[]): string {
  const resource_changes = resources.map(({ after, after_unknown = {}, ...place }) => ({
    address: "aws_disk.A",
    mode: "managed",
    type: "aws_disk",
    provider_name: source,
    ...place,
    change: { after, after_unknown },
  }));
  return JSON.stringify({ resource_changes });
}

function compared(real: Resource, simulated: Resource): readonly ComparedValue[] {
  return comparePlans(plan(real), plan(simulated), source);
}

function disk(attribute: string, knownOnlyIn?: ComparedValue["knownOnlyIn"]): ComparedValue {
  return { type: "aws_disk", attribute, ...(knownOnlyIn ? { knownOnlyIn } : {}) };
}

describe("comparePlans", () => {
  it("tells which plan alone knows a value; null is known, and what the value is does not matter", () => {
    const real = { after: { size: 1, kind: null }, after_unknown: { id: true, zone: true } };
    const simulated = { after: { zone: "a", size: 2 }, after_unknown: { id: true, kind: true } };
    expect(compared(real, simulated)).toEqual([disk("size"), disk("kind", "real"), disk("id"), disk("zone", "simulated")]);
  });

  it("looks into blocks and maps, whatever the place in the list", () => {
    const real = {
      after: { rule: [{ port: 1 }, { port: 2 }], tags: { a: "1" } },
      after_unknown: { rule: [{}, { id: true }], tags: { b: true } },
    };
    const simulated = { after: { rule: [{ id: "x", port: 1 }, { port: 2 }], tags: { a: "1", b: "2" } }, after_unknown: {} };
    expect(compared(real, simulated)).toEqual([
      disk("rule"),
      disk("rule.port"),
      disk("rule.id", "simulated"),
      disk("tags"),
      disk("tags.a"),
      disk("tags.b", "simulated"),
    ]);
  });

  it("takes it that a block that is open as a whole is not known, and compares nothing below", () => {
    const simulated = { after: { rule: [{ port: 1 }] } };
    expect(compared({ after: {}, after_unknown: { rule: true } }, simulated)).toEqual([disk("rule", "simulated")]);
  });

  it("takes a list of which an element is open for open: providers differ in how they say it", () => {
    const simulated = { after: { subnets: [null, "b"] }, after_unknown: { subnets: [true, false] } };
    expect(compared({ after: {}, after_unknown: { subnets: true } }, simulated)).toEqual([disk("subnets")]);
    expect(compared({ after: { subnets: ["a", "b"] }, after_unknown: { subnets: [false, false] } }, simulated)).toEqual([
      disk("subnets", "real"),
    ]);
  });

  it("tells it when some elements are known in one plan only", () => {
    const both = { after: { rule: [{ id: "x" }, {}] }, after_unknown: { rule: [{}, { id: true }] } };
    const known = { after: { rule: [{ id: "x" }, { id: "y" }] } };
    const open = { after: { rule: [{}, {}] }, after_unknown: { rule: [{ id: true }, { id: true }] } };
    expect(compared(both, known)).toContainEqual(disk("rule.id", "simulated"));
    expect(compared(known, both)).toContainEqual(disk("rule.id", "real"));
    expect(compared(both, open)).toContainEqual(disk("rule.id", "real"));
    expect(compared(open, both)).toContainEqual(disk("rule.id", "simulated"));
    expect(compared(both, both)).toEqual([disk("rule"), disk("rule.id")]);
  });

  it("passes over what only one plan has, other providers, and what is only read", () => {
    const simulated = { after: { region: "x" }, after_unknown: { id: true } };
    expect(compared({ after: {}, after_unknown: { id: true } }, simulated)).toEqual([disk("id")]);
    for (const other of [{ mode: "data" }, { provider_name: "registry.terraform.io/hashicorp/helm" }, { address: "aws_disk.B" }]) {
      expect(compared({ ...simulated, ...other }, simulated)).toEqual([]);
    }
  });

  it("names a path of a type once for all resources that agree, and once for each way in which others differ", () => {
    const ids = (...known: readonly boolean[]) =>
      plan(
        ...known.map((isKnown, index) => ({
          address: `aws_disk.${index}`,
          after: isKnown ? { id: "x" } : {},
          after_unknown: isKnown ? {} : { id: true },
        })),
      );
    expect(comparePlans(ids(true, true, true, false), ids(true, true, false, true), source)).toEqual([
      disk("id"),
      disk("id", "real"),
      disk("id", "simulated"),
    ]);
  });
});
