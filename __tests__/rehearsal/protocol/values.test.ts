import { decodeValue, encodeValue, isValues, unknown, Unknown } from "../../../rehearsal/protocol/values";

function roundTrip(value: unknown): unknown {
  return decodeValue(encodeValue(value));
}

/** What an engine receives for bytes that it has sent. */
function echo(hex: string): string {
  return encodeValue(decodeValue(Buffer.from(hex, "hex"))).toString("hex");
}

describe("values on the wire", () => {
  it.each([
    ["null", null],
    ["true", true],
    ["false", false],
    ["an empty text", ""],
    ["a text beyond ASCII", "größer als 10 µm, 日本"],
    ["a long text", "x".repeat(70_000)],
    ["zero", 0],
    ["a small number", 7],
    ["a negative number", -40_000],
    ["a number of more than 32 bits", 5_000_000_000],
    ["the largest exact number", Number.MAX_SAFE_INTEGER],
    ["the smallest exact number", Number.MIN_SAFE_INTEGER],
    ["a fraction", 0.1],
    ["a negative fraction", -2.5],
    ["a number beyond all integers", 1e300],
    ["a text that looks like a number", "007"],
    ["a text that looks like a large number", "18446744073709551616"],
    ["a text that looks like a truth", "false"],
    ["an empty list", []],
    ["an empty object", {}],
    ["a list of many", Array.from({ length: 20 }, (_, index) => index)],
    [
      "blocks in blocks",
      {
        rule: [
          { id: "one", filter: [{ tags: { Name: "x" }, days: 1.5 }] },
          { id: null, filter: [] },
        ],
      },
    ],
  ])("keep %s", (_, value) => {
    expect(roundTrip(value)).toEqual(value);
  });

  it("keep what is unknown, wherever it lies", () => {
    expect(roundTrip(unknown)).toBe(unknown);
    expect(roundTrip({ arn: unknown, block: [{ id: unknown, name: "one" }], list: [unknown, "two"] })).toEqual({
      arn: unknown,
      block: [{ id: unknown, name: "one" }],
      list: [unknown, "two"],
    });
  });

  it("keep what the engine knows of an unknown value", () => {
    const refined = new Unknown(Uint8Array.from([0x81, 0x01, 0xc2])); // is not null
    const arrived = roundTrip([refined]) as readonly unknown[];
    expect(arrived[0]).toBeInstanceOf(Unknown);
    expect((arrived[0] as Unknown).refinement).toEqual(refined.refinement);
  });

  // Bytes as go-cty, the engine's library, writes them.
  it.each([
    ["an unknown value", "d40000"],
    ["an unknown value that is not null", "c7030c8101c2"],
    ["an unknown text with a prefix", "c70e0c8201c202a961726e3a6177733a3a"],
    ["null", "c0"],
    ["a number below 128", "07"],
    ["a number of 16 bits", "cd1f90"],
    ["a number of 64 bits", "cf000000012a05f200"],
    ["a negative number", "d1d8f0"],
    ["a fraction", "cb3fb999999999999a"],
    ["a number that fits into no 64 bits, which is a text then", "b43138343436373434303733373039353531363136"],
    ["an object", "82a26964d40000a46e616d65a36f6e65"],
  ])("leave the bytes of %s as they are", (_, hex) => {
    expect(echo(hex)).toBe(hex);
  });

  it("are null where no bytes came", () => {
    expect(decodeValue(undefined)).toBeNull();
    expect(decodeValue(new Uint8Array())).toBeNull();
  });

  it("fail when they are no MessagePack", () => {
    expect(() => decodeValue(Uint8Array.from([0xc1]))).toThrow();
  });
});

describe("isValues", () => {
  it("tells objects from everything else", () => {
    expect([{}, { a: 1 }].map(isValues)).toEqual([true, true]);
    expect([null, undefined, "text", 1, [], [{}], unknown].map(isValues)).toEqual(Array(7).fill(false));
  });
});
