// A cluster with nothing in it, which takes whatever comes.
const { appendFileSync } = require("node:fs");
const { join } = require("node:path");

appendFileSync(join(process.env.FAKE_WORLD, "calls.log"), `kubectl ${process.argv.slice(2).join(" ")}\n`);
