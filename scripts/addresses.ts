import { Command } from "commander";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../environments/load";
import { addressFile, addressLines } from "../operations/addresses";
import { runProgram } from "../operations/command-line";
import { synthesize } from "../stacks/synthesize";

const program = new Command("npm run addresses --")
  .description(
    "Rewrite the committed resource addresses from what the committed environments synthesize, and print what changed. " +
      "Read it: Terraform destroys what is behind an address that vanishes, unless the resource was moved.",
  )
  .action(() => {
    const outdir = mkdtempSync(join(tmpdir(), "evenkeel-addresses-"));
    try {
      for (const { environment, ordered } of synthesize(loadEnvironments({ variables: {} }), { outdir })) {
        const file = join(__dirname, "..", addressFile(environment.name));
        const before = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
        const after = ordered
          .map((stack) => stack.node.id)
          .flatMap((name) => addressLines(name, JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8"))))
          .sort();
        for (const line of before.filter((address) => !after.includes(address))) console.log(`- ${line}`);
        for (const line of after.filter((address) => !before.includes(address))) console.log(`+ ${line}`);
        writeFileSync(file, `${after.join("\n")}\n`);
      }
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });

void runProgram(program);
