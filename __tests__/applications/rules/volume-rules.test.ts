import { plain, refusals } from "../changed";

const scratch = { kind: "scratch", mib: 64 };
const volume = { name: "work", mountPath: "/work", content: scratch };
const told = (...volumes: readonly object[]) =>
  refusals({ "search.workloads.other": { ...plain, volumes: volumes.map((changes) => ({ ...volume, ...changes })) } });
const path = "applications.search.workloads.other.volumes";

describe("volumes", () => {
  test("may be several, beside each other", () => {
    expect(told({}, { name: "more", mountPath: "/work-more" }, { name: "deep", mountPath: "/var/lib/x.y_z" })).toEqual([]);
    const files = { kind: "files", files: { "a.txt": "a", "B_c-d": "", ".a": "x" } };
    expect(told({ content: files })).toEqual([]);
  });

  test("fails when two have one name or one place", () => {
    expect(told({}, { mountPath: "/other" }, { name: "third" })).toEqual([
      `${path}.1: name is "work", must be different from that of volumes.0; rename one of the two`,
      `${path}.2: mountPath is "/work", must be apart from that of volumes.0, which is /work; one would hide the other: choose another path`,
    ]);
  });

  test("fails when one is mounted over another", () => {
    for (const [first, second] of [
      ["/work", "/work/deep"],
      ["/work/deep", "/work"],
    ]) {
      expect(told({ mountPath: first }, { name: "second", mountPath: second })).toEqual([
        `${path}.1: mountPath is "${second}", must be apart from that of volumes.0, which is ${first}; one would hide the other: choose another path`,
      ]);
    }
  });

  test.each([
    ["/tmp", "/tmp", "each pod has room of its own there"],
    ["/tmp/cache", "/tmp", "each pod has room of its own there"],
    ["/etc", "/etc/authority", "the authority of the cache's certificate is there"],
    ["/var/run/secrets/x", "/var/run/secrets", "Kubernetes puts tokens there"],
    ["/var", "/var/run/secrets", "Kubernetes puts tokens there"],
    ["/run", "/run/secrets", "Kubernetes puts tokens there"],
    ["/proc", "/proc", "Linux has it"],
    ["/sys/fs", "/sys", "Linux has it"],
    ["/dev/shm", "/dev", "Linux has it"],
  ])("fails when one is mounted at %s", (mountPath, taken, why) => {
    expect(told({ mountPath })).toEqual([
      `${path}.0: mountPath is "${mountPath}", must be apart from ${taken}; choose another path: ${why}`,
    ]);
  });

  test.each(["work", "/", "/work/", "//work", "/work/../etc", "/./work", "/a b", "/*"])("fails when its path is %j", (mountPath) => {
    expect(told({ mountPath })).toEqual([
      `${path}.0: mountPath is "${mountPath}", must be an absolute path below / such as /var/cache/search; begin it with a slash, and end it without one`,
    ]);
  });

  test.each(["scratch", "authority"])("fails when one is called %s, as one that pods have anyway", (name) => {
    expect(told({ name })).toEqual([`${path}.0: name is "${name}", must be none of scratch, authority, which every pod has; rename it`]);
  });

  test("fails when a kind is not known, or a field of another kind is there", () => {
    expect(told({ content: { kind: "disk", gib: 1 } })).toEqual([
      `${path}.0.content: kind is "disk", must be scratch, files, secret or persistent; say what is in it`,
    ]);
    expect(told({ content: { kind: "scratch", mb: 5 } })).toEqual([
      `${path}.0.content: mib is missing, must be a whole number from 1 to 1000000 (MiB); add the field`,
      `${path}.0.content: mb is 5, must be a field that exists; did you mean mib?`,
    ]);
  });
});

describe("a persistent volume", () => {
  const content = { kind: "persistent", gib: 5 };

  test("is of a stateful set", () => {
    expect(refusals({ "search.workloads.other": { ...plain, kind: "stateful-set", volumes: [{ ...volume, content }] } })).toEqual([]);
  });

  test.each([
    ["deployment", {}],
    ["daemon-set", {}],
    ["cron-job", { schedule: "0 3 * * *", timeoutSeconds: 60 }],
  ])("fails when it is of a %s", (kind, beside) => {
    expect(refusals({ "search.workloads.other": { ...plain, ...beside, kind, volumes: [{ ...volume, content }] } })).toEqual([
      `${path}.0.content: kind is "persistent", must be "scratch" in what is no stateful set; change it, or make the workload a "stateful-set"`,
    ]);
  });
});

describe("files", () => {
  const files = (given: object) => told({ content: { kind: "files", files: given } });

  test.each(["a/b.txt", "/a", "..", ".", "..a", "a b", ""])("fails when one is called %j", (name) => {
    expect(files({ [name]: "x" })).toEqual([
      expect.stringMatching(
        /other\.volumes\.0\.content\.files: key is ".*", must be (a file name of letters, digits and \. _ -; leave out folders: mountPath says where it is|text that is not empty; .*)$/,
      ),
    ]);
  });

  test("fails when there is none, or more than a ConfigMap takes", () => {
    expect(files({})).toEqual([`${path}.0.content: files is {}, must be at least one file; add one, or remove the volume`]);
    const text = "\u00e4".repeat(249_990); // two bytes each
    expect(files({ a: text, b: text })).toEqual([]);
    expect(files({ a: text, b: text, c: "x".repeat(38) })).toEqual([
      `${path}.0.content: files is 1000001, must be at most 1000000 bytes in all; spread them over several volumes`,
    ]);
  });
});
