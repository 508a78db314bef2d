import { Construct } from "constructs";
import { nameProblems, requireName, type NameKind } from "../../../constructs/shared/kubernetes-names";
import { describe as told } from "../../../constructs/shared/errors";

const longest: readonly (readonly [NameKind, number])[] = [
  ["namespace", 63],
  ["service", 63],
  ["release", 53],
  ["cron job", 52],
  ["job", 54],
  ["label", 63],
  ["port name", 15],
  ["object", 253],
];

const good: readonly (readonly [NameKind, string])[] = [
  ["namespace", "1-shop"],
  ["service", "shop-1"],
  ["release", "shop"],
  ["cron job", "shop-1"],
  ["job", "shop-1"],
  ["label", "Shop_v1.2"],
  ["port name", "http-1"],
  ["object", "shop.example.com"],
];

const bad: readonly (readonly [NameKind, string])[] = [
  ["namespace", "shop.one"],
  ["namespace", ""],
  ["service", "1-shop"],
  ["release", "Shop"],
  ["release", "shop-"],
  ["cron job", "shop_1"],
  ["job", "Shop"],
  ["label", "-shop"],
  ["port name", "8080"], // would be a number
  ["port name", "a--b"],
  ["port name", "HTTP"],
  ["object", "shop_one"],
  ["object", ".shop"],
];

describe("nameProblems", () => {
  it.each(longest)("lets a %s have %i characters, and no more", (kind, most) => {
    expect(nameProblems("a", "name", "a".repeat(most), kind)).toEqual([]);
    const article = kind === "object" ? "an" : "a";
    expect(nameProblems("a", "name", "a".repeat(most + 1), kind)).toMatchObject([
      { limit: `${article} ${kind} of at most ${most} characters, not ${most + 1}` },
    ]);
  });

  it.each(good)("takes the %s %s", (kind, name) => {
    expect(nameProblems("a", "name", name, kind)).toEqual([]);
  });

  it.each(bad)("fails when a %s is %j", (kind, name) => {
    expect(nameProblems("a", "name", name, kind)).toHaveLength(1);
  });

  it("says where, what and why", () => {
    expect(nameProblems("dev/Shop", "port", "Http", "port name").map(told)).toEqual([
      'dev/Shop: port is "Http", must be lower-case letters, digits and single inner hyphens, a letter among them; rename it',
    ]);
  });
});

describe("requireName", () => {
  const construct = new Construct(new Construct(undefined as never, ""), "Shop");

  it("gives back a good name", () => {
    expect(requireName(construct, "release", "shop", "release")).toBe("shop");
  });

  it("fails when the name is none, with the construct's path", () => {
    expect(() => requireName(construct, "release", "Shop", "release")).toThrow('Shop: release is "Shop", must be lower-case letters');
  });
});
