import { z } from "zod";
import { dataFields } from "./data-fields";
import { domainName, flag, imageVersion, kubernetesName, must, pattern, text, whole } from "./fields";
import { observabilitySchema } from "./observability-fields";
import { platformFields } from "./platform-fields";

/** Fields of every environment, whatever its target. */
export const commonFields = {
  /** Project that the environment belongs to; the first part of every physical name. */
  project: kubernetesName(20),
  /** Team that answers for the environment. Tag `Owner`. */
  owner: tagValue(63),
  /** Where the cost goes. Tag `CostCenter`. */
  costCenter: tagValue(63),
  /** Further tags of every taggable resource. */
  tags: z.record(tagKey(), tagValue(256)), // limit of AWS tags
  /** Domain below which the environment's host names live. */
  domain: domainName(),
  /** Whether metrics, logs and traces are collected, and somebody is told. */
  monitoring: flag(),
  /** How, where `monitoring` is on. */
  observability: observabilitySchema,
  /** Whether the loss of one zone or node must go unnoticed. */
  highlyAvailable: flag(),
  /** Whether the environment may be destroyed together with its data. */
  disposable: flag(),
  /** Whether the cloud's own deletion protection is switched on. */
  deletionProtection: flag(),
  /** How long backups are kept, in days; 0 switches them off. */
  backupRetentionDays: whole(0, 35, "days"), // 35 is the limit of RDS
  /** Images that teams build; each gets a repository in the environment's registry. */
  images: z.array(imageName()).min(1, must("at least one image", "name what is deployed")),
  /** Versions of images by workload, `<application>/<workload>`, in place of those that the applications name: semantic ones, or `sha256:<digest>`. */
  versions: z.record(text(63), imageVersion()),
  ...platformFields,
  ...dataFields,
};

function imageName() {
  return pattern(
    100,
    /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
    "a repository name in lower case, parts joined by `.`, `_`, `-` or `/`",
    "rename the image",
  );
}

function tagKey() {
  return pattern(
    128, // limit of AWS tags
    /^(?!aws:)[A-Za-z0-9 _.:/=+@-]+$/i,
    "a tag key without aws: at its start, of letters, digits, blanks and _ . : / = + @ -",
    "rename the tag",
  );
}

function tagValue(maxLength: number) {
  return pattern(maxLength, /^[A-Za-z0-9 _.:/=+@-]+$/, "a tag value of letters, digits, blanks and _ . : / = + @ -", "change the value");
}
