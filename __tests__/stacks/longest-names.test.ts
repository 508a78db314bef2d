import type { Application } from "../../applications/application";
import { ownVolumes, takenPaths } from "../../applications/rules/volume-rules";
import { loadEnvironments } from "../../environments/load";
import { plain } from "../applications/changed";
import { synthesizedEnvironments } from "./synthesized-environments";

const longest = "n".repeat(20);
const secret = "s".repeat(30);
const port = "p".repeat(15);

const declared = ["a", "b", "c"].map((letter) => letter.repeat(20));

/** The cache of the laptop has a certificate of an authority of its own. */
const added = { local: ["scratch", "authority"], dev: ["scratch"] } as const;

interface StatefulSet {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly container: readonly { readonly volume_mount: readonly { readonly name: string; readonly mount_path: string }[] }[];
        readonly volume: readonly { readonly name: string }[];
      };
    };
  };
}

/** Everything that has a name has the longest that there may be. */
const application: Application = {
  name: longest,
  description: "Has long names",
  owner: "some-team",
  secrets: { [secret]: { from: "given" } },
  access: { viewers: ["v".repeat(100)], admins: ["a".repeat(100)] },
  workloads: {
    [longest]: {
      ...plain,
      kind: "stateful-set",
      image: { ...plain.image, pullSecret: secret },
      ports: [{ name: port, port: 65_535 }],
      probes: { readiness: { path: "/", port } },
      secrets: { ["V".repeat(100)]: secret },
      scaling: { by: "queue", min: 1, max: 2, list: "l".repeat(200), itemsPerPod: 1 },
      migrations: [{ name: longest, command: ["migrate"] }],
      volumes: [
        { name: "a".repeat(20), mountPath: "/a", content: { kind: "persistent", gib: 1 } },
        { name: "b".repeat(20), mountPath: "/b", content: { kind: "files", files: { a: "a" } } },
        { name: "c".repeat(20), mountPath: "/c", content: { kind: "secret", secret, file: "c" } },
      ],
      connects: [
        { to: "database" },
        { to: "cache" },
        { to: "bucket", bucket: "data", access: "read" },
        { to: "gateway", host: "h".repeat(63), path: `/${"p".repeat(125)}`, port, priority: 50_000 },
      ],
    },
    ["j".repeat(20)]: { ...plain, kind: "cron-job", schedule: "0 3 * * *", timeoutSeconds: 60 },
  },
};

describe.each(["local", "dev"] as const)("an application with the longest names in %s", (name) => {
  const { stack } = synthesizedEnvironments(loadEnvironments({ names: [name], variables: {}, applications: [application] }));
  const apps = stack(`${name}-apps`);

  it("is synthesized: none of them is too long for what is made of it", () => {
    expect(apps.one("kubernetes_stateful_set_v1")).toMatchObject({ metadata: { name: longest } });
  });

  it("has no volumes but its own, and those that nobody may call theirs", () => {
    const { spec } = apps.one("kubernetes_stateful_set_v1") as unknown as StatefulSet;
    const { container, volume } = spec.template.spec;
    const mounts = container.flatMap((one) => one.volume_mount);
    expect(mounts.filter(({ mount_path }) => Object.hasOwn(takenPaths, mount_path)).map((mount) => mount.name)).toEqual(added[name]);
    expect(mounts.map((mount) => mount.name).filter((each) => !declared.includes(each))).toEqual(added[name]);
    expect(volume.map((one) => one.name).filter((each) => !declared.includes(each))).toEqual(added[name]);
    for (const each of added[name]) expect(ownVolumes).toContain(each);
  });
});
