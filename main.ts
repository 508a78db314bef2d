import { App } from "cdktf";
import { loadEnvironments } from "./environments/load";
import { fail, reportPlaceholders } from "./environments/report";
import { composeEnvironment } from "./stacks/environment-stacks";

try {
  const { environments, placeholders } = loadEnvironments();
  const app = new App({ stackTraces: false });
  for (const environment of environments) composeEnvironment(app, environment);
  app.synth();
  reportPlaceholders(placeholders);
} catch (error) {
  fail(error);
}
