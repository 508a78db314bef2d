import { existsSync, readFileSync } from "node:fs";
import { stateProfile } from "../../constructs/local-catalog";
import { localNames } from "../../constructs/shared/naming";
import { stateEndpoint } from "../../constructs/state/minio-state-store";
import type { LocalEnvironment } from "../../environments/environment";
import { assertConditionalWrites } from "../conditional-writes";
import { parseCredentials } from "../state-credentials";
import { connects } from "../connects";
import type { Finding } from "./check";

/** Whether a running state store keeps two writers apart; nothing to check before it runs. */
export async function checkStateStore(environment: LocalEnvironment, credentialsFile: string): Promise<Finding> {
  const check = "state store";
  const endpoint = stateEndpoint(environment);
  if (!existsSync(credentialsFile)) return { check, status: "ok", found: "not made yet" };
  if (!(await connects(new URL(endpoint).host))) {
    return { check, status: "warn", found: `${endpoint} does not answer`, advice: "npm run up" };
  }
  const credentials = parseCredentials(stateProfile, readFileSync(credentialsFile, "utf8"));
  if (credentials === undefined) {
    return { check, status: "warn", found: `${credentialsFile} has no profile ${stateProfile}`, advice: "npm run up" };
  }
  try {
    await assertConditionalWrites({ endpoint, bucket: localNames(environment).stateBucket, credentials });
    return { check, status: "ok", found: `${endpoint}, conditional writes` };
  } catch (error) {
    const advice = "choose a server with conditional writes: stateStore.image in environments/local.ts";
    return { check, status: "missing", found: error instanceof Error ? error.message : String(error), advice };
  }
}
