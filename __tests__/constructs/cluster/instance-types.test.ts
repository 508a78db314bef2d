import { acceleratorOf, architectureOf, isSupported } from "../../../constructs/cluster/instance-types";

test.each([
  "m7g.large",
  "m6gd.large",
  "c7gn.large",
  "r8g.large",
  "t4g.nano",
  "x2gd.large",
  "im4gn.large",
  "is4gen.large",
  "i8ge.large",
  "hpc7g.4xlarge",
  "g5g.xlarge",
  "a1.large",
  "p6e-gb200.36xlarge",
])("%s is arm64", (type) => {
  expect(architectureOf(type)).toBe("arm64");
});

test.each([
  "m7i.large",
  "m7a.large",
  "m7i-flex.large",
  "c6in.large",
  "t3.large",
  "t3a.large",
  "g4dn.xlarge",
  "g5.xlarge",
  "g6e.xlarge",
  "gr6.4xlarge",
  "p4d.24xlarge",
  "p5en.48xlarge",
  "p6-b200.48xlarge",
  "x2idn.large",
  "i4i.large",
  "d3en.large",
  "z1d.large",
  "u-6tb1.112xlarge",
  "u7i-12tb.224xlarge",
  "hpc7a.12xlarge",
])("%s is x86_64", (type) => {
  expect(architectureOf(type)).toBe("x86_64");
});

test.each([
  "g4dn.xlarge",
  "g5.xlarge",
  "g5g.xlarge",
  "g6.xlarge",
  "g6e.xlarge",
  "gr6.4xlarge",
  "p3.2xlarge",
  "p4d.24xlarge",
  "p5.48xlarge",
  "p6-b200.48xlarge",
])("%s has an NVIDIA GPU and is supported", (type) => {
  expect(acceleratorOf(type)).toBe("nvidia");
  expect(isSupported(type)).toBe(true);
});

test.each(["m7g.large", "c7gn.large", "m7i.large", "t4g.nano", "u-6tb1.112xlarge", "i4g.large", "r8gd.large"])(
  "%s has no GPU and is supported",
  (type) => {
    expect(acceleratorOf(type)).toBe("none");
    expect(isSupported(type)).toBe(true);
  },
);

test.each([
  "g4ad.xlarge",
  "mac1.metal",
  "mac2-m2pro.metal",
  "trn1.2xlarge",
  "trn2.48xlarge",
  "inf1.xlarge",
  "inf2.xlarge",
  "dl1.24xlarge",
  "dl2q.24xlarge",
  "vt1.3xlarge",
  "f1.2xlarge",
  "f2.6xlarge",
])("%s is not supported", (type) => {
  expect(isSupported(type)).toBe(false);
});

test("what is no instance type is nothing special", () => {
  for (const type of ["", ".", "large", "m"]) {
    expect([architectureOf(type), acceleratorOf(type), isSupported(type)]).toEqual(["x86_64", "none", true]);
  }
});
