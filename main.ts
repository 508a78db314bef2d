import { loadEnvironments } from "./environments/load";
import { fail, reportPlaceholders } from "./environments/report";
import { synthesize } from "./stacks/synthesize";

try {
  const { environments, placeholders } = loadEnvironments();
  synthesize(environments);
  reportPlaceholders(placeholders);
} catch (error) {
  fail(error);
}
