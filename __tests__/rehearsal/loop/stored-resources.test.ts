import { storedResources } from "../../../rehearsal/loop/stored-resources";

const instance = (id: string, rest: object = {}) => ({
  attributes: { id },
  private: Buffer.from(`key of ${id}`).toString("base64"),
  ...rest,
});

describe("storedResources", () => {
  it("has what the engine manages, with its address and its provider's key", () => {
    const resources = [
      { mode: "managed", type: "aws_vpc", name: "Main", instances: [instance("vpc-1")] },
      { mode: "data", type: "aws_zone", name: "Main", instances: [instance("zone-1")] },
    ];
    expect(storedResources(JSON.stringify({ resources }))).toEqual([
      { address: "aws_vpc.Main", type: "aws_vpc", values: { id: "vpc-1" }, key: "key of vpc-1" },
    ]);
  });

  it("tells instances apart", () => {
    const resources = [
      {
        mode: "managed",
        type: "aws_vpc",
        name: "Main",
        instances: [instance("vpc-1", { index_key: 0 }), instance("vpc-2", { index_key: "b" })],
      },
    ];
    expect(storedResources(JSON.stringify({ resources })).map(({ address, key }) => [address, key])).toEqual([
      ["aws_vpc.Main[0]", "key of vpc-1"],
      ['aws_vpc.Main["b"]', "key of vpc-2"],
    ]);
  });

  it("is empty for a state that was never written, and has no key where there is no provider of ours", () => {
    expect(storedResources("")).toEqual([]);
    const resources = [{ mode: "managed", type: "terraform_data", name: "One", instances: [{ attributes: { id: "1" } }] }];
    expect(storedResources(JSON.stringify({ resources })).map(({ key }) => key)).toEqual([""]);
  });
});
