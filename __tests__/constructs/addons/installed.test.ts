import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { TerraformStack } from "cdktf";
import { installedBeside } from "../../../constructs/addons/installed";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";

const { local } = environments;

describe("installedBeside", () => {
  it("waits for what is in the same stack", () => {
    platformStackOf(local, ({ stack }) => {
      const secret = new SecretV1(stack, "Secret", { metadata: {} });
      expect(installedBeside(stack, [{ installed: [] }, { installed: [secret] }])).toEqual([secret]);
    });
  });

  it("leaves out what is in another stack: its address would mean nothing here", () => {
    platformStackOf(local, ({ stack }) => {
      const elsewhere = new TerraformStack(stack.node.scope as TerraformStack, "local-data");
      const [here, there] = [new SecretV1(stack, "Secret", { metadata: {} }), new SecretV1(elsewhere, "Secret", { metadata: {} })];
      expect(installedBeside(stack, [{ installed: [here, there] }])).toEqual([here]);
    });
  });
});
