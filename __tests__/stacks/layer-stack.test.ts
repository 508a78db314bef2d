import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { catalogFor } from "../../constructs/catalog";
import { environments } from "../../environments/index";
import { LayerStack } from "../../stacks/layer-stack";
import { synthesizedApp } from "./synthesized-environments";

const { dev } = environments;

class Layer extends LayerStack {
  /** What subclasses do in their constructors. */
  publishes(outputs: Parameters<LayerStack["publish"]>[0]): void {
    this.publish(outputs);
  }

  publishesSecrets(outputs: Parameters<LayerStack["publishSecrets"]>[0]): void {
    this.publishSecrets(outputs);
  }
}

function layer(build: (stack: Layer) => void) {
  return synthesizedApp((app) => build(new Layer(app, "platform", { environment: dev, catalog: catalogFor(dev) }))).stack("dev-platform");
}

describe("LayerStack", () => {
  it("is named after environment and layer", () => {
    expect(layer(() => undefined).backend.key).toBe("dev/platform.tfstate");
  });

  it("publishes under the very names that it is given", () => {
    const stack = layer((scope) => scope.publishes({ host: "db.internal", port: 5432, zones: ["a", "b"] }));
    expect(stack.json.output).toEqual({ host: { value: "db.internal" }, port: { value: 5432 }, zones: { value: ["a", "b"] } });
  });

  it("publishes secrets as sensitive", () => {
    const stack = layer((scope) => scope.publishesSecrets({ key: "${random_password.Key.result}" }));
    expect(stack.json.output).toEqual({ key: { value: "${random_password.Key.result}", sensitive: true } });
  });

  it("fails when two ids come down to one address: cdktf drops what Terraform does not take", () => {
    const build = (...ids: readonly string[]) => layer((scope) => ids.forEach((id) => new Eip(scope, id)));
    expect(() => build("A.B", "AB")).toThrow("dev-platform/AB: id collides with dev-platform/A.B at Eip.AB; rename one of them");
    expect(() => build("A B", "AB")).toThrow(/id collides/);
    // cdktf 0.21 keeps the hyphen, so these are two.
    expect(build("A-B", "AB").inventory).toEqual(["aws_eip", "aws_eip"]);
  });

  it("fails when ids collide through a construct that cdktf leaves out of addresses", () => {
    expect(() =>
      layer((scope) => {
        new Eip(scope, "Address");
        new Eip(new Construct(scope, "Default"), "Address");
      }),
    ).toThrow("dev-platform/Default/Address: id collides with dev-platform/Address at Eip.Address; rename one of them");
  });

  it("fails when ids are overridden to the same one", () => {
    expect(() =>
      layer((scope) => {
        new Eip(scope, "One").overrideLogicalId("same");
        new Eip(scope, "Other").overrideLogicalId("same");
      }),
    ).toThrow("dev-platform/Other: id collides with dev-platform/One at Eip.same; rename one of them");
  });

  it("takes the same id for different kinds of resources", () => {
    const stack = layer((scope) => {
      new Eip(new Construct(scope, "One"), "A");
      new Vpc(new Construct(scope, "Other"), "A");
    });
    expect(stack.inventory).toEqual(["aws_eip", "aws_vpc"]);
  });
});
