import { dev } from "./dev";
import type { Environment, EnvironmentName } from "./environment";
import { local } from "./local";
import { prod } from "./prod";
import { staging } from "./staging";

/** The committed environments; none may be forgotten. */
export const environments = { local, dev, staging, prod } satisfies Record<EnvironmentName, Environment>;
