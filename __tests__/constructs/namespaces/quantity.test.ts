import { bytesOf, millicoresOf } from "../../../constructs/namespaces/quantity";

describe("bytesOf", () => {
  it.each([
    ["128974848", 128974848],
    ["64Ki", 65536],
    ["123Mi", 128974848],
    ["1.5Gi", 1610612736],
    ["1Ti", 1099511627776],
    ["500M", 500000000],
    ["1k", 1000],
    ["2G", 2e9],
  ])("takes %s", (quantity, bytes) => {
    expect(bytesOf(quantity)).toBe(bytes);
  });

  it.each(["", "Mi", "1mi", "1 Mi", "-1Mi", "1MiB", "1.Mi", ".5Gi", "1e3", "100m", "constructor", "1toString"])(
    "fails when it is %j",
    (quantity) => {
      expect(() => bytesOf(quantity)).toThrow(`${quantity} is no quantity of memory; write it as 512Mi`);
    },
  );
});

describe("millicoresOf", () => {
  it.each([
    ["250m", 250],
    ["2", 2000],
    ["0.5", 500],
    ["0", 0],
  ])("takes %s", (quantity, millicores) => {
    expect(millicoresOf(quantity)).toBe(millicores);
  });

  it.each(["", "m", "1Mi", "-1", "1 m", "one"])("fails when it is %j", (quantity) => {
    expect(() => millicoresOf(quantity)).toThrow(`${quantity} is no quantity of CPU; write it as 250m`);
  });
});
