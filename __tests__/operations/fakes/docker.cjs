// Behaves like docker as far as `up` can see.
const { appendFileSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = process.env.FAKE_WORLD;
const worldFile = join(folder, "world.json");
const world = JSON.parse(readFileSync(worldFile, "utf8"));
const args = process.argv.slice(2);
appendFileSync(join(folder, "calls.log"), `docker ${args[0]}\n`);

const nodes = ["control-plane", "worker"].map((role) => `ml-platform-local-${role}`);
const commands = {
  info: () => console.log(JSON.stringify({ ServerVersion: "28.0.1", MemTotal: 16 * 1024 ** 3 })),
  ps: () => {
    if (!args.includes("label=io.x-k8s.kind.cluster=ml-platform-local")) throw new Error(`unexpected filter: ${args}`);
    if (args.includes("{{.Ports}}")) console.log(world.ports);
    else if (world.clusterId) {
      for (const name of nodes) console.log(`${world.clusterId}-${name}\t${name}\t${world.running ? "running" : "exited"}`);
    }
  },
  start: () => save({ ...world, running: true }),
  exec: () => console.log("ok"),
  rm: () => save({ ...world, clusterId: undefined }),
};
const save = (changed) => writeFileSync(worldFile, JSON.stringify(changed));
commands[args[0]]();
