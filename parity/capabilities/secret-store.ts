import { defineCapability, type Proof } from "../capability";
import type { EnvironmentJson } from "../environment-json";
import { is, matches, must, mustBeAtLeast, mustBound, refersTo } from "../finding";
import type { Parts } from "../parts";
import { namespacesDeny, peersAreNamed } from "../proofs/namespaces";
import { rotatedKey } from "../proofs/required";

const stores = (own: Parts) => own.manifests("ClusterSecretStore");
const inSecretsManager = (own: Parts) => stores(own).filter((store) => store.at("spec", "provider", "aws").value !== undefined);
const inKubernetes = (own: Parts) => stores(own).filter((store) => store.at("spec", "provider", "kubernetes").value !== undefined);

/** Every secret that the environment has made up, whatever its layer. */
const secrets = (environment: EnvironmentJson) => environment.parts.all("aws_secretsmanager_secret");

const operators: Proof = (own) => own.chart("external-secrets").map((values) => mustBeAtLeast(2, values.at("replicaCount")));
const isolated: Proof = (own, environment) => [...namespacesDeny(own), ...peersAreNamed(own, environment)];
const guardedNamespaces: Proof = (own) =>
  stores(own).map((store) =>
    must(store.at("spec", "conditions", 0, "namespaceSelector", "matchExpressions", 0, "key"), is("pod-security.kubernetes.io/enforce")),
  );

/** Where the environment keeps its secrets. */
export const secretStore = defineCapability({
  name: "secretStore",
  constructs: ["platform/SecretStore"],
  outputs: { secret_store: "string" },
  claims: {
    tlsInTransit: { readOverTls: { summary: "secrets are read over TLS" } },
    encryptionAtRest: {
      ownKey: { summary: "secrets are encrypted under a key of the environment's own" },
      keyRotated: { summary: "that key changes by itself" },
    },
    authentication: {
      narrowRights: { summary: "the operator may read secrets of this environment and nothing else" },
      guardedNamespaces: { summary: "only guarded namespaces are served" },
    },
    highAvailability: { operators: { summary: "copies are kept up to date when a pod is lost", unit: "replicas" } },
    isolation: { isolated: { summary: "pods of its namespaces talk to those only who are named" } },
    protection: { recoverable: { summary: "a secret that was deleted can be had back", unit: "days" } },
  },
  exempt: {
    backup: "secrets are made up by Terraform: another apply makes others, and everybody follows",
    pointInTime: "an earlier password opens nothing any more",
    monitoring: "who reads a secret is in the log of the API of either target; nothing is set up for it here",
  },
  variants: [
    {
      name: "Secrets Manager",
      main: inSecretsManager,
      proofs: {
        tlsInTransit: {
          readOverTls: (own) =>
            inSecretsManager(own).map((store) => must(store.at("spec", "provider", "aws", "service"), is("SecretsManager"))),
        },
        encryptionAtRest: {
          ownKey: (_, environment) => secrets(environment).map((secret) => must(secret.at("kms_key_id"), refersTo("aws_kms_key"))),
          keyRotated: (_, environment) => secrets(environment).flatMap((secret) => rotatedKey(secret.at("kms_key_id"), environment)),
        },
        authentication: {
          narrowRights: (own) =>
            own.all("aws_iam_role_policy").flatMap((policy) =>
              policy
                .at("policy")
                .as("json")
                .at("Statement")
                .items()
                .map((statement) =>
                  must(
                    statement.at("Resource", 0),
                    matches(/^(arn:aws[\w-]*:secretsmanager:[^*]+:secret:(rds!|[a-z0-9-]+\/)\*|\$\{.*aws_kms_key.*\})$/),
                  ),
                ),
            ),
          guardedNamespaces,
        },
        highAvailability: { operators },
        isolation: { isolated },
        protection: {
          recoverable: (_, environment) => secrets(environment).map((secret) => mustBeAtLeast(7, secret.at("recovery_window_in_days"))),
        },
      },
      facts: (_, environment) => ({ secrets: secrets(environment).length }),
    },
    {
      name: "Kubernetes",
      main: inKubernetes,
      proofs: {
        tlsInTransit: {
          readOverTls: (own) =>
            inKubernetes(own).map((store) => must(store.at("spec", "provider", "kubernetes", "server", "url"), matches(/^https:/))),
        },
        encryptionAtRest: { ownKey: () => [], keyRotated: () => [] },
        authentication: {
          narrowRights: (own) => [
            ...inKubernetes(own).map((store) => must(store.at("spec", "provider", "kubernetes", "remoteNamespace"), is("secret-store"))),
            ...own.all("kubernetes_role_v1").flatMap((role) =>
              role
                .at("rule")
                .items()
                .map((rule) => mustBound(rule.at("verbs"), areNarrow)),
            ),
          ],
          guardedNamespaces,
        },
        highAvailability: { operators },
        isolation: { isolated },
        protection: { recoverable: () => [] },
      },
      facts: () => ({}),
    },
  ],
});

function areNarrow(verbs: unknown): boolean {
  return Array.isArray(verbs) && verbs.length > 0 && verbs.every((verb) => ["get", "list", "watch", "create"].includes(String(verb)));
}
