import { applications } from "../applications";
import { environments } from "../environments";
import { dayAt } from "../environments/day";
import type { Environment, EnvironmentName } from "../environments/environment";
import { synthesize } from "../stacks/synthesize";

// A program that is measured: synthesizes as many environments as its argument says, copies of prod and dev in turn.
// With 0 it loads all code and composes nothing: what the other counts cost beyond that is the cost of their resources.
const count = Number(process.argv[2]);
const copies = Array.from({ length: count }, (_, index): Environment => {
  const original = index % 2 === 0 ? environments.prod : environments.dev;
  // Only the schema knows the names there are, and it is not asked here.
  return { ...original, name: `${original.name}-${index}` as EnvironmentName };
});
synthesize({ environments: copies, applications, placeholders: [], today: dayAt(new Date()) });
