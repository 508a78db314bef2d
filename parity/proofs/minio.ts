import type { EnvironmentJson } from "../environment-json";
import { is, matches, must, mustBeAtLeast, type Finding } from "../finding";
import type { Parts } from "../parts";
import { Place } from "../place";
import { mustSay } from "./lines";
import { destroyRefused } from "./required";

/** The server of every bucket on the laptop. */
export function minioServer(environment: EnvironmentJson): readonly Place[] {
  const servers = environment.below(["state/StateStore"]).all("kubernetes_stateful_set_v1");
  return servers.length > 0 ? servers : [new Place(`${environment.name}-state`, ["no server"], undefined)];
}

/** Scripts that make buckets: by their constructs, so that none is missed that has forgotten to. */
export function bucketScripts(own: Parts): readonly Place[] {
  return own.matching("kubernetes_config_map_v1", /(\/Bucket[^/]*\/Job|\/StateStore\/Setup)\/Script$/);
}

/** A line that every bucket's script has. */
function everyScriptSays(own: Parts, shape: RegExp): readonly Finding[] {
  return bucketScripts(own).map((script) => mustSay(script, "setup.sh", shape));
}

/** A variable of the server. */
function serverVariable(server: Place, name: string): Place {
  return server.at("spec", "template", "spec", "container", 0, "env").item((variable) => variable.at("name").value === name);
}

/** A file beside a script, as JSON. */
export function scriptFile(script: Place, name: string): Place {
  return script.at("data", name).as("json");
}

/** What MinIO shows, whatever its buckets hold. */
export const minio = {
  /** Clients name the protocol in the address; a server without a certificate speaks no other. */
  speaksTls: (own: Parts): readonly Finding[] =>
    own.all("kubernetes_job_v1").map((job) => {
      const variables = job.at("spec", "template", "spec", "container", 0, "env");
      return must(variables.item((variable) => variable.at("name").value === "MC_HOST_store").at("value"), matches(/^https:/));
    }),
  encrypts: (own: Parts, environment: EnvironmentJson): readonly Finding[] => [
    ...everyScriptSays(own, /^mc encrypt set sse-\w+ /),
    ...minioServer(environment).map((server) =>
      must(serverVariable(server, "MINIO_KMS_SECRET_KEY").at("value_from", "secret_key_ref", "key"), is("encryptionKey")),
    ),
  ],
  /** A key in a variable stays as it is; a key server would change it. */
  rotatesKey: (_: Parts, environment: EnvironmentJson): readonly Finding[] =>
    minioServer(environment).map((server) => must(serverVariable(server, "MINIO_KMS_KES_ENDPOINT").at("value"), matches(/^https:/))),
  /** Nobody gets in without a name: the root user's password is a secret, and no bucket is opened to all. */
  asksWho: (own: Parts, environment: EnvironmentJson): readonly Finding[] => [
    ...minioServer(environment).map((server) =>
      must(serverVariable(server, "MINIO_ROOT_PASSWORD").at("value_from", "secret_key_ref", "key"), is("rootPassword")),
    ),
    ...bucketScripts(own).map((script) =>
      must(script.at("data", "setup.sh"), (text) => /^mc mb /m.test(String(text)) && !/^mc anonymous/m.test(String(text))),
    ),
  ],
  /** MinIO spreads objects over four servers or more (MinIO documentation, "Deploy MinIO: multi-node multi-drive"). */
  severalServers: (_: Parts, environment: EnvironmentJson): readonly Finding[] =>
    minioServer(environment).map((server) => mustBeAtLeast(4, server.at("spec", "replicas"))),
  versioned: (own: Parts): readonly Finding[] => everyScriptSays(own, /^mc version enable /),
  logsRequests: (_: Parts, environment: EnvironmentJson): readonly Finding[] =>
    minioServer(environment).map((server) => must(serverVariable(server, "MINIO_AUDIT_WEBHOOK_ENABLE_store").at("value"), is("on"))),
  destroyRefused: (_: Parts, environment: EnvironmentJson): readonly Finding[] => minioServer(environment).map(destroyRefused),
};
