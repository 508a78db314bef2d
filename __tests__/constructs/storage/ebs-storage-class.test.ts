import { EbsStorageClass } from "../../../constructs/storage/ebs-storage-class";
import { environments } from "../../../environments/index";
import { itHonoursStorageClass } from "../../contracts/storage-class";
import { platformStackOf } from "../../platform-stack";

const { prod } = environments;

itHonoursStorageClass("EbsStorageClass", prod, (scope, id, props) => new EbsStorageClass(scope, id, props));

describe("EbsStorageClass", () => {
  const stack = platformStackOf(prod, ({ stack: scope, setting }) => new EbsStorageClass(scope, "StorageClass", { setting }));

  it("consists of", () => {
    expect(stack.inventory).toEqual(["kubernetes_storage_class_v1"]);
  });

  it("makes encrypted gp3 volumes that can grow, with the driver that EKS runs", () => {
    const resource = stack.one("kubernetes_storage_class_v1");
    expect(resource).toMatchObject({ storage_provisioner: "ebs.csi.aws.com", allow_volume_expansion: true });
    expect(resource.parameters).toEqual({ type: "gp3", encrypted: "true", "csi.storage.k8s.io/fstype": "ext4" });
  });
});
