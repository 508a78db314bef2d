import fc from "fast-check";
import { environmentNames, type EnvironmentName } from "../../environments/environment";
import { environments } from "../../environments/index";
import { suggestion } from "../../environments/suggestion";
import { refusals, refusalsOf, committedWith } from "./changed";
import { placesOf } from "./places";

describe("fields that do not exist", () => {
  test.each([
    ["ownr", "did you mean owner?"],
    ["backupRetentionDay", "did you mean backupRetentionDays?"],
    ["highlyavailable", "did you mean highlyAvailable?"],
    ["cluster.versoin", "did you mean version?"],
    ["cluster.nodeGroups.0.minNode", "did you mean minNodes?"],
    ["network.NAT", "did you mean nat?"],
    ["development", "remove it"], // a field of the laptop
    ["network.subnetIds", "remove it"], // a field of a VPC that exists already
    ["cidrs", "remove it"], // a field of another object
    ["zzzzzzzzz", "remove it"],
  ])("fails when %s is given: %s", (path, fix) => {
    const field = path.split(".").at(-1);
    expect(refusals("dev", { [path]: 1 })).toEqual([expect.stringContaining(`: ${field} is 1, must be a field that exists; ${fix}`)]);
  });

  test("of the laptop are suggested on the laptop", () => {
    expect(refusals("local", { developmnt: 1, "kind.podCIDR": 1 })).toEqual([
      expect.stringContaining("local.kind: podCIDR is 1, must be a field that exists; did you mean podCidr?"),
      expect.stringContaining("local: developmnt is 1, must be a field that exists; did you mean development?"),
    ]);
  });

  test("are all told, with values that are missing", () => {
    expect(refusals("dev", { accountID: "000000000001", accountId: undefined, x: 1 })).toEqual([
      "dev: accountId is missing, must be text; add the field",
      'dev: accountID is "000000000001", must be a field that exists; did you mean accountId?',
      "dev: x is 1, must be a field that exists; remove it",
    ]);
  });
});

describe("suggestion", () => {
  test.each([
    ["prd", ["prod", "dev"], "did you mean prod?"],
    ["x", ["by", "id"], undefined],
    ["ab", ["cd"], undefined],
    ["anything", [], undefined],
    ["", ["by"], undefined],
    ["PROD", ["dev", "prod"], "did you mean prod?"],
    ["prodd", ["prox", "prod"], "did you mean prod?"],
    ["stagin", ["strong", "staging"], "did you mean staging?"],
    ["completely-else", ["prod"], undefined],
  ])("of %j among %j is %j", (word, known, expected) => {
    expect(suggestion(word, known)).toBe(expected);
  });
});

describe("what is shown", () => {
  test("is a pair of quotes where a field has an empty name", () => {
    expect(refusals("dev", { registry: { keepImages: 20, "": 0 } })).toEqual([
      'dev.registry: "" is 0, must be a field that exists; remove it',
    ]);
  });

  test("is one line of printable ASCII, so that look-alikes are seen and nothing steers the terminal", () => {
    expect(refusals("dev", { project: "ml-pl\u0430tform", "\u043ewner\n\u001b[31m": "x" })).toEqual([
      expect.stringContaining('dev: project is "ml-pl\\u0430tform", must be printable ASCII'),
      expect.stringContaining('dev: \\u043ewner\\u000a\\u001b[31m is "x", must be a field that exists'),
    ]);
  });

  test("is shortened when it is long", () => {
    const [told = ""] = refusals("dev", { owner: "x".repeat(1_000_000) });
    expect(told).toContain("... (1000002 characters), must be at most 63 characters; shorten it");
    expect(told.length).toBeLessThan(300);
    expect(refusals("dev", { ["x".repeat(100_000)]: 1 }).join("").length).toBeLessThan(300);
  });
});

describe("whatever stands in a configuration", () => {
  const junk = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(
      undefined,
      NaN,
      Infinity,
      -0,
      -1,
      1.5,
      2 ** 53,
      "",
      " ",
      "\n",
      "0.0.0.0/0",
      "10.0.0.0/8/8",
      "a".repeat(400),
      [],
      [[]],
      {},
      [null],
    ),
    fc.string({ unit: "binary" }),
  );
  const place = fc
    .constantFrom(...environmentNames)
    .chain((name) =>
      fc.record({ name: fc.constant<EnvironmentName>(name), path: fc.constantFrom(...placesOf(environments[name])), value: junk }),
    );

  test("it loads or is refused in one line for each problem, and never crashes", () => {
    fc.assert(
      fc.property(place, ({ name, path, value }) => {
        for (const told of refusalsOf({ committed: committedWith({ [name]: { [path]: value } }) })) {
          expect(told).toMatch(/^[\x20-\x7e]+: [\x20-\x7e]+ is [\x20-\x7e]+, must be [\x20-\x7e]+; [\x20-\x7e]+$/);
          expect(told).not.toMatch(/undefined|\[object|Invalid (input|key)/);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("every field is needed but those with a default: fails when one is missing", () => {
    for (const name of environmentNames) {
      for (const path of placesOf(environments[name]).filter(
        (each) =>
          !/\.\d+$|labels\.|taints|overflow$|^offHours$|^rds\.archive(\.coldAfterDays)?$/.test(each) &&
          // What people name themselves.
          !/^observability\.(logs\.streams|alerting\.(receivers|maintenance))\.\w+(\.severities)?$/.test(each),
      )) {
        const told = refusals(name, { [path]: undefined });
        expect({ path, told }).toEqual({ path, told: expect.arrayContaining([expect.stringContaining("is missing, must be")]) });
      }
    }
  });
});
