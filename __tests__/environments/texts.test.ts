import type { EnvironmentName } from "../../environments/environment";
import { refusals, type Changes } from "./changed";

interface Length {
  readonly environment: EnvironmentName;
  readonly path: string;
  readonly longest: number;
  /** A good value of the given length. */
  readonly make: (length: number) => string;
  readonly beside?: (value: string) => Changes;
}

const letters = (length: number) => "a".repeat(length);
/** Host name of the given length, with labels of 63 characters. */
const hostName = (length: number) => `${letters(length - 8).replaceAll(/(a{63})a/g, "$1.")}.example`;

const lengths: readonly Length[] = [
  { environment: "dev", path: "project", longest: 20, make: letters },
  { environment: "dev", path: "owner", longest: 63, make: letters },
  { environment: "dev", path: "costCenter", longest: 63, make: letters },
  { environment: "dev", path: "tags.Team", longest: 256, make: letters },
  { environment: "dev", path: "images.0", longest: 100, make: letters },
  { environment: "local", path: "domain", longest: 253, make: hostName },
  { environment: "dev", path: "hostedZone.name", longest: 253, make: hostName, beside: (value) => ({ domain: value }) },
  { environment: "dev", path: "hostedZone.id", longest: 32, make: (length) => `Z${"A".repeat(length - 1)}` },
  { environment: "dev", path: "database.name", longest: 63, make: letters },
  { environment: "local", path: "objectStore.buckets.0.name", longest: 30, make: letters },
  { environment: "dev", path: "cluster.nodeGroups.0.name", longest: 20, make: letters },
  { environment: "dev", path: "cluster.nodeGroups.0.labels.team", longest: 63, make: letters },
  { environment: "prod", path: "cluster.nodeGroups.2.taints.0.value", longest: 63, make: letters },
  {
    environment: "prod",
    path: "cluster.nodeGroups.2.taints.0.key",
    longest: 317,
    make: (length) => `${letters(length - 64)}/${letters(63)}`,
  },
  { environment: "dev", path: "cluster.admins.0", longest: 512, make: (length) => `role/${letters(length - 5)}` },
];

describe.each(lengths)("$environment: $path", ({ environment, path, longest, make, beside }) => {
  const told = (value: string) => refusals(environment, { ...beside?.(value), [path]: value });

  test("takes the longest text and one character less", () => {
    for (const length of [longest - 1, longest]) {
      expect(make(length)).toHaveLength(length);
      expect(told(make(length))).toEqual([]);
    }
  });

  test("fails when the text is one character too long", () => {
    expect(make(longest + 1)).toHaveLength(longest + 1);
    expect(told(make(longest + 1))).toContainEqual(expect.stringContaining(`must be at most ${longest} characters; shorten it`));
  });

  test.each(["", " ", " a", "a ", "a\n", "a\tb", "\u0430", "a\u00a0b", "\u200ba", "\ud83d\ude00"])("fails when the text is %j", (value) => {
    expect(told(value)).toContainEqual(expect.stringMatching(/must be (text that is not empty|printable ASCII)/));
  });

  test("fails when the value is no text", () => {
    for (const value of [5, true, null, [], {}]) {
      expect(refusals(environment, { [path]: value })).toContainEqual(expect.stringContaining("must be text; write it in quotes"));
    }
  });
});
