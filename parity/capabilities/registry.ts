import { defineCapability } from "../capability";
import { is, matches, must, mustBeAtLeast, mustBound, refersTo } from "../finding";
import type { Parts } from "../parts";
import { volumeKeysRotated, volumesEncrypted } from "../proofs/cluster";
import { namespacesDeny, peersAreNamed } from "../proofs/namespaces";
import { destroyRefused, required, rotatedKey } from "../proofs/required";

const repositories = (own: Parts) => own.all("aws_ecr_repository");
const key = ["encryption_configuration", 0, "kms_key"] as const;

const servers = (own: Parts) => own.all("kubernetes_deployment_v1");
const container = ["spec", "template", "spec", "container", 0] as const;
const storageClasses = (own: Parts) =>
  own.all("kubernetes_persistent_volume_claim_v1").map((claim) => claim.at("spec", "storage_class_name"));
const setting = (own: Parts, name: string) =>
  servers(own).map((server) =>
    server
      .at(...container, "env")
      .item((one) => one.at("name").value === name)
      .at("value"),
  );

/** Where images are kept. */
export const registry = defineCapability({
  name: "registry",
  constructs: ["platform/Registry"],
  outputs: { registry_address: "string" },
  claims: {
    tlsInTransit: { overTls: { summary: "images are pushed and pulled over TLS" } },
    encryptionAtRest: {
      encrypted: { summary: "images are encrypted" },
      keyRotated: { summary: "they are under a key of the environment's own that changes by itself" },
    },
    authentication: { named: { summary: "nobody pulls without a name" } },
    highAvailability: { severalCopies: { summary: "images can be pulled when a server is lost" } },
    isolation: { narrow: { summary: "only those who are named reach it" } },
    monitoring: { scanned: { summary: "images are scanned when they are pushed" } },
    protection: {
      immutable: { summary: "a tag always means the same image" },
      destroyRefused: { summary: "images are not destroyed by a slip" },
    },
  },
  exempt: {
    backup: "images are built again from their source",
    pointInTime: "images are built again from their source",
  },
  variants: [
    {
      name: "ECR",
      main: repositories,
      proofs: {
        // ECR speaks nothing else.
        tlsInTransit: {
          overTls: (_, environment) => [
            must(environment.output("registry_address"), matches(/^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com$/)),
          ],
        },
        encryptionAtRest: {
          encrypted: (own) => repositories(own).map((one) => must(one.at("encryption_configuration", 0, "encryption_type"), is("KMS"))),
          keyRotated: (own, environment) =>
            repositories(own).flatMap((one) => [must(one.at(...key), refersTo("aws_kms_key")), ...rotatedKey(one.at(...key), environment)]),
        },
        authentication: {
          // Whoever is not named here needs rights in the account.
          named: (own) =>
            repositories(own).flatMap((one) =>
              required(one, own.of("aws_ecr_repository_policy", ["repository"], one), "policy", (policy) =>
                policy
                  .at("policy")
                  .as("json")
                  .at("Statement")
                  .items()
                  .map((statement) => must(statement.at("Principal", "AWS", 0), refersTo("aws_iam_role"))),
              ),
            ),
        },
        highAvailability: {
          severalCopies: (_, environment) => [must(environment.output("registry_address"), matches(/\.dkr\.ecr\./))],
        },
        isolation: {
          narrow: (own) =>
            own.all("aws_ecr_repository_policy").flatMap((policy) =>
              policy
                .at("policy")
                .as("json")
                .at("Statement")
                .items()
                .map((statement) =>
                  mustBound(
                    statement.at("Action"),
                    (actions) => Array.isArray(actions) && actions.length > 0 && actions.every((action) => !String(action).includes("*")),
                  ),
                ),
            ),
        },
        monitoring: {
          scanned: (own) => repositories(own).map((one) => must(one.at("image_scanning_configuration", "scan_on_push"), is(true))),
        },
        protection: {
          immutable: (own) => repositories(own).map((one) => must(one.at("image_tag_mutability"), is("IMMUTABLE"))),
          destroyRefused: (own) => repositories(own).flatMap((one) => [destroyRefused(one), must(one.at("force_delete"), is(false))]),
        },
      },
      facts: (own) => ({
        repositories: repositories(own).length,
        "rules for old images": own.all("aws_ecr_lifecycle_policy")[0]?.at("policy").value,
      }),
    },
    {
      name: "registry in the cluster",
      main: servers,
      proofs: {
        tlsInTransit: { overTls: (own) => setting(own, "REGISTRY_HTTP_TLS_CERTIFICATE").map((file) => must(file, matches(/./))) },
        encryptionAtRest: {
          encrypted: (own, environment) => volumesEncrypted(storageClasses(own), environment),
          keyRotated: (own, environment) => volumeKeysRotated(storageClasses(own), environment),
        },
        authentication: { named: (own) => setting(own, "REGISTRY_AUTH").map((kind) => must(kind, matches(/^(htpasswd|token)$/))) },
        highAvailability: { severalCopies: (own) => servers(own).map((server) => mustBeAtLeast(2, server.at("spec", "replicas"))) },
        isolation: { narrow: (own, environment) => [...namespacesDeny(own), ...peersAreNamed(own, environment)] },
        monitoring: { scanned: () => [] },
        protection: {
          immutable: () => [],
          destroyRefused: (own) => own.all("kubernetes_persistent_volume_claim_v1").map(destroyRefused),
        },
      },
      facts: (own) => ({ image: servers(own)[0]?.at(...container, "image").value }),
    },
  ],
});
