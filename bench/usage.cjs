// Preloaded into every measured process. At its exit it writes to file descriptor 3 what the process has used:
// user and system CPU time of all its threads, its largest resident set, and how many files `require` has loaded.
const { writeSync } = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); // microseconds, and units of 1,024 bytes
  const usage = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: (maxRSS * 1024) / 1e6,
    files: Object.keys(require.cache).length - 1, // without this one
  };
  writeSync(3, JSON.stringify(usage));
});
