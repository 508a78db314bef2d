// Lets Node load TypeScript: types are dropped, not checked (`npm run typecheck` does that). No source maps: cdktf
// takes a stack trace for every token, and a loader that maps them triples the time of a synth (`npm run bench`).
const { transformSync } = require("@swc/core");
const { addHook } = require("pirates");

addHook((code, filename) => transformSync(code, { filename, sourceMaps: false }).code, { exts: [".ts"] });
