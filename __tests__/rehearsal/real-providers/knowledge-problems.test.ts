import { providers } from "../../../constructs/shared/providers";
import { newDifferences, staleDifferences, type KnowledgeLists } from "../../../rehearsal/real-providers/knowledge-problems";
import knownAfterApply from "../../../rehearsal/real-providers/known-after-apply.json";
import { committedSchemas } from "../../../rehearsal/schemas/committed-schemas";

const lists: KnowledgeLists = knownAfterApply;
const provider = "registry.terraform.io/hashicorp/aws 5.100.0";
const size = { type: "aws_disk", attribute: "size" };
const listOf = (knownOnlyIn: string, ...attributes: readonly string[]) => [{ knownOnlyIn, reason: "because", attributes }];

describe("newDifferences", () => {
  it("are none where plans agree, or differ as listed", () => {
    const compared = [size, { type: "aws_disk", attribute: "rule.id", knownOnlyIn: "simulated" }] as const;
    expect(newDifferences(compared, listOf("simulated", "aws_disk.rule.id"), provider)).toEqual([]);
  });

  it("fails when only the real plan knows a value, and says where the simulated one gets it from", () => {
    const compared = [{ ...size, knownOnlyIn: "real" }] as const;
    const problems = [
      "aws_disk.size is known in a plan of registry.terraform.io/hashicorp/aws 5.100.0, but only after the apply in a simulated one; " +
        "add it to what is planned in rehearsal/simulation/values, or to rehearsal/real-providers/known-after-apply.json with the reason",
    ];
    expect(newDifferences(compared, [], provider)).toEqual(problems);
    expect(newDifferences(compared, listOf("simulated", "aws_disk.size"), provider)).toEqual(problems);
    expect(newDifferences(compared, listOf("real", "aws_disk.size"), provider)).toEqual([]);
  });

  it("fails when only the simulated plan knows a value", () => {
    const [problem] = newDifferences([{ ...size, knownOnlyIn: "simulated" }], listOf("simulated", "aws_disk.siz"), provider);
    expect(problem).toMatch(/^aws_disk\.size is known only after the apply in a plan of .* but at once in a simulated one; take it out of/);
  });
});

describe("staleDifferences", () => {
  const list = listOf("real", "aws_disk.size", "aws_disk.id");

  it("are none where a listed difference was seen, if only in one of several resources", () => {
    expect(staleDifferences([size, { ...size, knownOnlyIn: "real" }], list, provider)).toEqual([]);
  });

  it("are none where nothing was compared", () => {
    expect(staleDifferences([{ type: "aws_disk", attribute: "rule" }], list, provider)).toEqual([]);
  });

  it.each([undefined, "simulated"] as const)("fails when plans agree, or differ the other way (%s)", (knownOnlyIn) => {
    expect(staleDifferences([{ ...size, ...(knownOnlyIn ? { knownOnlyIn } : {}) }], list, provider)).toEqual([
      "aws_disk.size is listed for registry.terraform.io/hashicorp/aws 5.100.0 as known only in the real plan, but the plans do not differ so; " +
        "remove it from rehearsal/real-providers/known-after-apply.json",
    ]);
  });
});

describe("known-after-apply.json", () => {
  const differences = Object.values(lists).flatMap((versions) => Object.values(versions).flat());
  const attributes = differences.flatMap((difference) => difference.attributes);

  it("names providers and types that this project uses, each attribute once, and a reason", () => {
    expect(Object.keys(lists).filter((source) => !Object.values(providers).some((pinned) => pinned.source === source))).toEqual([]);
    const types = committedSchemas().flatMap(({ resource_schemas }) => Object.keys(resource_schemas));
    expect(attributes.filter((attribute) => !types.includes(attribute.replace(/\..*/, "")))).toEqual([]);
    expect(attributes).toEqual([...new Set(attributes)]);
    for (const { knownOnlyIn, reason } of differences) {
      expect(["real", "simulated"]).toContain(knownOnlyIn);
      expect(reason).toMatch(/\.$/);
    }
  });
});
