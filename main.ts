import { loadEnvironments } from "./environments/load";
import { fail } from "./environments/report";
import { synthesize } from "./stacks/synthesize";

try {
  synthesize(loadEnvironments());
} catch (error) {
  fail(error);
}
