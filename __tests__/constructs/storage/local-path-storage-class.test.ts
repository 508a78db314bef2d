import { LocalPathStorageClass } from "../../../constructs/storage/local-path-storage-class";
import { environments } from "../../../environments/index";
import { itHonoursStorageClass } from "../../contracts/storage-class";
import { platformStackOf } from "../../platform-stack";

const { local } = environments;

itHonoursStorageClass("LocalPathStorageClass", local, (scope, id, props) => new LocalPathStorageClass(scope, id, props));

describe("LocalPathStorageClass", () => {
  const stack = platformStackOf(local, ({ stack: scope, setting }) => new LocalPathStorageClass(scope, "StorageClass", { setting }));

  it("consists of", () => {
    expect(stack.inventory).toEqual(["kubernetes_storage_class_v1"]);
  });

  it("makes folders with the provisioner that Kind runs, and does not promise to enlarge them", () => {
    const resource = stack.one("kubernetes_storage_class_v1");
    expect(resource).toMatchObject({ storage_provisioner: "rancher.io/local-path", allow_volume_expansion: false });
    expect(resource).not.toHaveProperty("parameters");
  });
});
