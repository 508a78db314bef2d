// Keeps what V8 and swc made of modules from one start to the next: compiling is half of what a start costs (`npm run bench`).
// Node 22 has the like (module.enableCompileCache), Node 20 has not. Nothing depends on it: what is missing, changed or
// unreadable is compiled as ever, and where nothing can be written nothing is kept.
const { mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { basename, dirname, join } = require("node:path");
const { deserialize, serialize } = require("node:v8");
const { constants, Script } = require("node:vm");

const modules = join(__dirname, "../node_modules");
const folder = join(modules, ".cache/evenkeel");
/** One for each program: each loads modules of its own. */
const file = join(folder, `${basename(process.argv[1] ?? "node")}-${process.version}-${process.arch}`);

/** How our own files are compiled. */
const settings = stampOf(join(__dirname, "../.swcrc"));

const kept = read();
/** Modules of this run: when the file was written, its code as V8 got it, and what V8 made of it. */
const loaded = new Map();
let compiled = 0;

/** What `transform` makes of a file, or has made of it as it is. */
exports.transformed = (filename, transform) => {
  const before = kept.get(filename);
  return before?.code !== undefined && before.stamp === stampOf(filename) && before.settings === settings ? before.code : transform();
};

const { _compile: compileByNode } = Module.prototype;

Module.prototype._compile = function (code, filename) {
  const stamp = stampOf(filename);
  if (stamp === undefined) return compileByNode.call(this, code, filename); // no file: what `--eval` is given
  const before = kept.get(filename);
  const cachedData = before?.stamp === stamp ? before.data : undefined;
  const script = new Script(Module.wrap(code.replace(/^#!.*/, "")), {
    filename,
    cachedData,
    columnOffset: -Module.wrapper[0].length,
    importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const asBefore = cachedData !== undefined && !script.cachedDataRejected; // another V8, or other flags
  if (!asBefore) compiled += 1;
  loaded.set(filename, {
    stamp,
    ...(filename.endsWith(".ts") ? { code, settings } : {}),
    ...(asBefore ? { data: cachedData } : { script }),
  });
  return script.runInThisContext().call(this.exports, this.exports, requireOf(this), this, filename, dirname(filename));
};

// At the end V8 knows which functions were called: those are kept compiled, too.
process.on("exit", () => {
  if (compiled === 0) return;
  try {
    if (realpathSync(modules) !== modules) return; // borrowed by a copy of the project, which is not what is started day by day
    const entries = [...loaded].map(([filename, { script, ...entry }]) => [
      filename,
      script ? { ...entry, data: script.createCachedData() } : entry,
    ]);
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, serialize(new Map(entries)));
    renameSync(`${file}.${process.pid}`, file); // whole or not at all: others may read it now
  } catch {
    // A start that is as slow as the first.
  }
});

function read() {
  try {
    return deserialize(readFileSync(file));
  } catch {
    return new Map();
  }
}

function stampOf(filename) {
  const found = statSync(filename, { throwIfNoEntry: false });
  return found && `${found.mtimeMs}-${found.size}`;
}

/** What Node gives to a module as `require`. */
function requireOf(module) {
  const require = (id) => module.require(id);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}
