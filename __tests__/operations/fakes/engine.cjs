// Behaves like Terraform with the Kind provider as far as `up` and `plan` can see. The world is a JSON file that the fake docker shares.
const { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { basename, join } = require("node:path");

const folder = process.env.FAKE_WORLD;
const worldFile = join(folder, "world.json");
const world = JSON.parse(readFileSync(worldFile, "utf8"));
const saveWorld = () => writeFileSync(worldFile, JSON.stringify(world));
const stack = basename(process.cwd());
const [command, ...args] = process.argv.slice(2);
appendFileSync(join(folder, "calls.log"), `${stack} ${command}\n`);

const json = (path) => (existsSync(path) && readFileSync(path, "utf8") ? JSON.parse(readFileSync(path, "utf8")) : undefined);
const writeState = (path, state) => writeFileSync(path, JSON.stringify({ lineage: "one", serial: 1, ...state }));
const configuration = json("cdk.tf.json");
const backend = configuration?.terraform.backend;
const state = () => (backend.local ? json(backend.local.path) : world.bucket[backend.s3.key]);
const fail = (words) => {
  console.error(`\nError: ${words}\n`);
  process.exit(1);
};
/** The run is killed, and the engine with it. */
const dieIf = (point) => {
  if (world.dieAt !== point) return;
  delete world.dieAt;
  saveWorld();
  process.kill(process.ppid, "SIGKILL");
  process.exit(137);
};
const nodeImage = () => Object.values(configuration.resource.kind_cluster)[0].node_image;
const isCluster = stack === "local-cluster";

function planned() {
  const before = state();
  if (isCluster) {
    if (before && !world.clusterId) fail("could not locate any control plane nodes"); // the provider's read fails
    const after = { name: "ml-platform-local", node_image: nodeImage() };
    const attributes = before?.resources[0].instances[0].attributes;
    if (attributes?.node_image === after.node_image) return ["no-op", attributes, attributes];
    return [attributes ? "delete,create" : "create", attributes ?? null, after];
  }
  if (before && before.clusterId !== world.clusterId) fail(`the state of ${stack} is about another cluster`);
  return [before ? "no-op" : "create", before ?? null, {}];
}

const managed = { mode: "managed", type: "fake", name: "One", instances: [{ attributes: {} }] };
const commands = {
  version: () => console.log("Terraform v1.11.4\non linux_amd64"),
  init: () => {
    dieIf(`${stack} init`);
    if (backend.s3 && world.storeIsGone) fail("dial tcp 127.0.0.1:9000: connect: connection refused");
    const credentials = backend.s3?.shared_credentials_files[0];
    if (credentials && !existsSync(credentials)) fail("failed to get shared config profile, evenkeel-state");
    if (backend.s3 && !readFileSync(credentials, "utf8").includes(world.secret)) fail("the credentials are those of another state store");
  },
  plan: () => {
    const [actions, before, after] = planned();
    const out = args.find((arg) => arg.startsWith("-out=")).slice(5);
    const change = { actions: actions.split(","), before, after, after_unknown: { id: true }, replace_paths: [["node_image"]] };
    const type = isCluster ? "kind_cluster" : "fake";
    writeFileSync(out, JSON.stringify({ resource_changes: [{ address: `${type}.One`, type, change }] }));
    if (actions !== "no-op") console.log(`Terraform will perform the following actions:\n\n  # ${type}.One: ${actions}\n`);
  },
  show: () => console.log(readFileSync(args[1], "utf8")),
  apply: () => {
    if (world.failAt === stack) fail("the provider said no");
    if (backend.local && !existsSync(backend.local.path)) writeFileSync(backend.local.path, ""); // as the real one does to lock it
    dieIf(`${stack} apply begins`);
    if (isCluster) {
      if (world.clusterId && !state()) fail("node(s) already exist for a cluster with the name");
      rmSync(backend.local.path, { force: true });
      world.clusterId = `id-${++world.clusters}`;
      world.running = true;
      world.bucket = {}; // what was in the old cluster is gone
      saveWorld();
      dieIf(`${stack} apply without state`);
      const attributes = { name: "ml-platform-local", node_image: nodeImage() };
      writeState(backend.local.path, { resources: [{ mode: "managed", type: "kind_cluster", instances: [{ attributes }] }] });
    } else if (backend.local) {
      world.secret = `secret-of-${world.clusterId}`;
      saveWorld();
      writeState(backend.local.path, { clusterId: world.clusterId, resources: [managed] });
    } else {
      world.bucket[backend.s3.key] = { clusterId: world.clusterId };
      saveWorld();
    }
    dieIf(`${stack} apply ended`);
  },
  // What the backend has.
  state: () => console.log(state() ? JSON.stringify({ lineage: "one", serial: 1, resources: [managed], ...state() }) : ""),
  destroy: () => {
    if (world.failAt === stack) fail("the provider said no");
    if (isCluster) delete world.clusterId;
    if (stack === "local-state") world.storeIsGone = true;
    if (backend.local) writeState(backend.local.path, { resources: [] });
    else delete world.bucket[backend.s3.key];
    saveWorld();
    dieIf(`${stack} destroy ended`);
  },
  output: () =>
    console.log(
      JSON.stringify({
        state_access_key: { value: "terraform" },
        state_secret_key: { value: world.secret },
        state_bucket: { value: "ml-platform-local-state" },
      }),
    ),
};
commands[command]();
