import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plainProgress } from "../../operations/progress";
import { readStackFiles, stackBeside } from "../../operations/release-files";
import { ReleaseFolder } from "../../operations/release-folder";
import { ReleaseKeeper } from "../../operations/release-keeper";
import { releaseRows } from "../../operations/rollback";
import { answered, missing, runner } from "./checks/fake-runner";
import { devStack } from "./dev-stack";

const secret = "s3cr3t-value";
const plan = {
  resource_changes: [
    {
      address: "kubernetes_secret_v1.One",
      type: "kubernetes_secret_v1",
      change: { actions: ["create"], before: null, after: { data: secret } },
    },
    { address: "data.aws_vpc.One", type: "aws_vpc", change: { actions: ["read"], before: null, after: {} } },
  ],
  output_changes: { password: { actions: ["create"], after: secret } },
};

describe("keeping a release", () => {
  let root: string;
  let store: ReleaseFolder;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "evenkeel-keeper-"));
    store = new ReleaseFolder(join(root, "releases"));
    mkdirSync(join(root, "out", "stacks", "dev-apps", "assets", "chart"), { recursive: true });
    mkdirSync(join(root, "out", "stacks", "dev-apps", ".terraform"));
    for (const [file, text] of Object.entries({
      "cdk.tf.json": "{}",
      "assets/chart/Chart.yaml": "name: manifests",
      ".terraform/terraform.tfstate": secret,
      "rehearsal_override.tf.json": "{}",
    })) {
      writeFileSync(join(root, "out", "stacks", "dev-apps", file), text);
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const stack = () => ({ ...devStack("apps"), folder: join(root, "out", "stacks", "dev-apps") });
  const keeper = (status = "", head = answered("0123456789abcdef\n")) => {
    const run = runner({ [`git -C ${join(__dirname, "../../operations")} rev-parse`]: head, git: answered(status) });
    return new ReleaseKeeper({ store, run, progress: plainProgress(() => undefined) });
  };

  it("keeps who, the commit, what the plan did, and the files that ship; no value of the plan, and nothing of the engine's", async () => {
    await keeper(" M main.ts\n").keep(stack(), plan);

    const [kept] = await store.list();
    expect(kept).toMatchObject({ id: 1, by: expect.stringContaining("@"), commit: "0123456789abcdef", dirty: true });
    expect(kept).toMatchObject({ summary: "1 to add, 0 to change, 0 to destroy", changes: ["create kubernetes_secret_v1.One"] });
    const files = await store.files(1);
    expect(Object.keys(files)).toEqual(["cdk.tf.json", "assets/chart/Chart.yaml"]);
    expect(JSON.stringify([kept, files])).not.toContain(secret);
    expect(releaseRows([{ ...(kept as NonNullable<typeof kept>), at: "2026-11-22T03:00:00.000Z", by: "ann@laptop", backTo: 7 }])).toEqual([
      [1, "2026-11-22 03:00:00", "ann@laptop", "0123456789ab and uncommitted changes", "back to 7: 1 to add, 0 to change, 0 to destroy"],
    ]);
  });

  it("fails when a file is no text: it would not come back as it was", async () => {
    writeFileSync(join(stack().folder, "assets", "chart", "image.png"), Buffer.from([0x89, 0x50, 0xff, 0x00]));
    await expect(keeper().keep(stack(), plan)).rejects.toThrow("image.png is not text");
  });

  it("keeps a release without a commit where there is no git", async () => {
    await keeper("", missing).keep(stack(), plan);
    const [kept] = await store.list();
    expect(kept).toMatchObject({ dirty: false });
    expect(kept).not.toHaveProperty("commit");
  });

  it("keeps nothing of other layers", async () => {
    await keeper().keep({ ...stack(), layer: "data" }, plan);
    expect(await store.list()).toEqual([]);
  });

  it("is written beside the stack as deep as the stack itself, which stays as it is", () => {
    const beside = stackBeside(stack(), "releases", { "cdk.tf.json": "{2}", "assets/a/b.yaml": "c" });
    expect(beside.folder).toBe(join(root, "out", "releases", "dev-apps"));
    expect(readStackFiles(beside.folder)).toEqual({ "cdk.tf.json": "{2}", "assets/a/b.yaml": "c" });
    expect(readStackFiles(stack().folder)["cdk.tf.json"]).toBe("{}");
  });
});
