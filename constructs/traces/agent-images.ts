import type { instrumentations } from "../../applications/telemetry-fields";

/** Programs that get an agent from outside. */
export type Agent = Exclude<(typeof instrumentations)[number], "sdk">;

/** Where the project of the operator publishes its agents. */
const source = "ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation";

/** Agents by what programs run on, in the versions that operator 0.159 is released with. */
export const agentImages: Readonly<Record<Agent, string>> = {
  java: `${source}-java:2.31.1`,
  nodejs: `${source}-nodejs:0.78.0`,
  python: `${source}-python:0.65b0`,
  dotnet: `${source}-dotnet:1.16.0`,
};
