// Lets Node load TypeScript: types are dropped, not checked (`npm run typecheck` does that). No source maps: a loader
// that maps stack traces triples the time of a synth (`npm run bench`).
const { addHook } = require("pirates");
const { transformed } = require("./compile-cache.cjs");

addHook((code, filename) => transformed(filename, () => require("@swc/core").transformSync(code, { filename, sourceMaps: false }).code), {
  exts: [".ts"],
});

// The bindings carry maps of their own: 70 % of what Node would keep in memory for nobody.
addHook((code) => code.replace(/\n\/\/# sourceMappingURL=data:.*\s*$/, "\n"), {
  exts: [".js"],
  ignoreNodeModules: false,
  matcher: (filename) => /[\\/]@cdktf[\\/]provider-/.test(filename),
});
