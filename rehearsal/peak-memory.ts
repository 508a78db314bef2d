import { readFileSync } from "node:fs";

/** The largest resident set of this process so far, in 1,000,000 bytes. */
export function peakMegabytes(): number {
  return (peakKibibytes() * 1024) / 1_000_000;
}

/** On Linux `maxRSS` begins with what the process that started this one had; `VmHWM` is of this program alone. */
function peakKibibytes(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS;
  const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return Number(kibibytes);
}
