import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AddonProps } from "../addons/platform-setting";
import { defaultClass, defaultClassName } from "./default-class";
import type { IStorageClass } from "./storage-class";

/**
 * Folders of Kind's nodes. Kind's own class `standard` is marked as the default as well; of several the newest wins, which
 * is this one. It stays marked: else a cluster whose platform layer was destroyed would have no default at all.
 */
export class LocalPathStorageClass extends Construct implements IStorageClass {
  readonly storageClassName = defaultClassName;
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch. */
  readonly resource: StorageClassV1;

  constructor(scope: Construct, id: string, { setting: { environment } }: AddonProps) {
    super(scope, id);
    this.resource = new StorageClassV1(this, "Resource", {
      ...defaultClass(environment),
      storageProvisioner: "rancher.io/local-path",
      allowVolumeExpansion: false, // a folder has no size
    });
    this.installed = [this.resource];
  }
}
