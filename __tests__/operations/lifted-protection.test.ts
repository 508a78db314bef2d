import { liftedProtection } from "../../operations/lifted-protection";
import type { TerraformJson } from "../../operations/terraform-json";

describe("lifted protection", () => {
  it("finds what the engine refuses to destroy, and lifts nothing but that", () => {
    const bucket = { bucket: "b", lifecycle: { prevent_destroy: true, ignore_changes: ["tags"] } };
    expect(liftedProtection(stack({ aws_s3_bucket: { state: bucket } }))).toEqual({
      prevented: ["aws_s3_bucket.state"],
      refused: [],
      resource: { aws_s3_bucket: { state: { lifecycle: { prevent_destroy: false } } } },
    });
  });

  it.each(["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"])(
    "finds what the cloud refuses to delete by %s, and lifts nothing but that",
    (argument) => {
      expect(liftedProtection(stack({ aws_thing: { one: { name: "one", [argument]: true } } }))).toEqual({
        prevented: [],
        refused: ["aws_thing.one"],
        resource: { aws_thing: { one: { [argument]: false } } },
      });
    },
  );

  it("lifts both from a thing that has both, and from each of several", () => {
    const both = { lifecycle: { prevent_destroy: true }, deletion_protection: true };
    const json = stack({
      aws_eks_cluster: { cluster: both, open: { deletion_protection: false, lifecycle: { prevent_destroy: false } } },
      aws_kms_key: { one: { lifecycle: { prevent_destroy: true } }, two: { lifecycle: { prevent_destroy: true } } },
      aws_s3_bucket: { cache: { force_destroy: true } },
    });
    expect(liftedProtection(json)).toEqual({
      prevented: ["aws_eks_cluster.cluster", "aws_kms_key.one", "aws_kms_key.two"],
      refused: ["aws_eks_cluster.cluster"],
      resource: {
        aws_eks_cluster: { cluster: { lifecycle: { prevent_destroy: false }, deletion_protection: false } },
        aws_kms_key: { one: { lifecycle: { prevent_destroy: false } }, two: { lifecycle: { prevent_destroy: false } } },
      },
    });
  });

  it("is nothing for a stack that protects nothing, or has nothing", () => {
    const nothing = { prevented: [], refused: [], resource: {} };
    expect(liftedProtection(stack({ aws_s3_bucket: { open: { lifecycle: { create_before_destroy: true } } } }))).toEqual(nothing);
    expect(liftedProtection(stack())).toEqual(nothing);
  });
});

function stack(resource?: TerraformJson["resource"]): TerraformJson {
  return { terraform: { backend: {}, required_providers: {} }, ...(resource ? { resource } : {}) };
}
