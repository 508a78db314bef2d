import { World } from "../../../rehearsal/simulation/world";

const object = { stack: "dev-cluster", type: "aws_vpc", values: { id: "vpc-1" } };
const config = { cidr_block: "10.0.0.0/16" };

describe("World", () => {
  it("makes the same keys in every run", () => {
    const keys = [new World(), new World()].map((world) => world.newKey("dev-cluster", "aws_vpc", config));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it("makes other keys for another stack, another type and other arguments", () => {
    const world = new World();
    const keys = [
      world.newKey("dev-cluster", "aws_vpc", config),
      world.newKey("prod-cluster", "aws_vpc", config),
      world.newKey("dev-cluster", "aws_subnet", config),
      world.newKey("dev-cluster", "aws_vpc", { cidr_block: "10.1.0.0/16" }),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  it("numbers twins, and gives a number again once its twin is gone", () => {
    const world = new World();
    const create = () => {
      const key = world.newKey("dev-cluster", "aws_vpc", config);
      world.set(key, object);
      return key;
    };
    const [first, second, third] = [create(), create(), create()];
    expect([second, third]).toEqual([`${first}-2`, `${first}-3`]);

    world.remove(second);
    expect(create()).toBe(second);
  });

  it("keeps what was set last, until it is removed", () => {
    const world = new World();
    world.set("key", object);
    world.set("key", { ...object, values: { id: "vpc-2" } });
    expect(world.get("key")?.values).toEqual({ id: "vpc-2" });

    world.remove("key");
    expect(world.get("key")).toBeUndefined();
  });

  it("finds what a stack has of a type by its id, with its key", () => {
    const world = new World();
    world.set("one", object);
    expect(world.find("dev-cluster", "aws_vpc", "vpc-1")).toEqual(["one", object]);
    expect([
      world.find("prod-cluster", "aws_vpc", "vpc-1"),
      world.find("dev-cluster", "aws_subnet", "vpc-1"),
      world.find("dev-cluster", "aws_vpc", "vpc-2"),
    ]).toEqual([undefined, undefined, undefined]);
  });

  it("tells what a stack has left, each object, and no other stack's", () => {
    const world = new World();
    world.set("one", object);
    world.set("two", object);
    world.set("three", { ...object, type: "aws_subnet" });
    world.set("four", { ...object, stack: "prod-cluster" });
    expect(world.remaining("dev-cluster")).toEqual(["aws_vpc", "aws_vpc", "aws_subnet"]);
    expect(world.remaining("local-cluster")).toEqual([]);
  });
});
