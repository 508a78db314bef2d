// Preloaded into every measured process. At its exit it writes to file descriptor 3 what the process has used:
// user and system CPU time of all its threads, its largest resident set, and how many files `require` has loaded.
const { readFileSync, writeSync } = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage(); // microseconds
  const usage = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: (peakKibibytes() * 1024) / 1e6,
    files: Object.keys(require.cache).length - 1, // without this one
  };
  writeSync(3, JSON.stringify(usage));
});

/** On Linux `maxRSS` begins with what the process that started this one had; `VmHWM` is of this program alone. */
function peakKibibytes() {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
}
