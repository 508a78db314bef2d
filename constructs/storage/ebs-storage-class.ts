import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AddonProps } from "../addons/platform-setting";
import { defaultClass, defaultClassName } from "./default-class";
import type { IStorageClass } from "./storage-class";

/**
 * Encrypted gp3 volumes of EBS. The key is the account's default for EBS, `aws/ebs` unless somebody chose another: the
 * driver's role needs no grants on it, and volumes that are kept outlive an environment with all its keys.
 */
export class EbsStorageClass extends Construct implements IStorageClass {
  readonly storageClassName = defaultClassName;
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch. */
  readonly resource: StorageClassV1;

  constructor(scope: Construct, id: string, { setting: { environment } }: AddonProps) {
    super(scope, id);
    this.resource = new StorageClassV1(this, "Resource", {
      ...defaultClass(environment),
      storageProvisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true", "csi.storage.k8s.io/fstype": "ext4" },
      allowVolumeExpansion: true,
    });
    this.installed = [this.resource];
  }
}
