import { Token, type TerraformStack } from "cdktf";
import { catalogFor } from "../../constructs/catalog";
import type { IStateStore } from "../../constructs/state/state-store";
import type { Environment } from "../../environments/environment";
import { synthesizedStack } from "../synthesized";
import { itStandsTwice } from "./stands-twice";

/** What every state store keeps, whatever it is made of. */
export function itHonoursStateStore(
  name: string,
  environment: Environment,
  make: (scope: TerraformStack, id: string) => IStateStore,
): void {
  describe(`${name} honours the contract of state stores`, () => {
    const built: IStateStore[] = [];
    const stack = synthesizedStack(environment, "state", (scope) => built.push(make(scope, "StateStore")));
    const [store] = built;

    it("is what the catalog of its environment builds", () => {
      synthesizedStack(environment, "state", (scope) => {
        expect(catalogFor(environment).stateStore(scope, "StateStore").constructor.name).toBe(name);
      });
    });

    it("names its bucket literally, as backends take no reference, and as S3 takes it", () => {
      expect(Token.isUnresolved(store?.bucketName)).toBe(false);
      expect(store?.bucketName).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
    });

    it("is where the backends of later layers look", () => {
      const { backend } = synthesizedStack(environment, "platform", () => undefined);
      expect(backend.bucket).toBe(store?.bucketName);
      expect((backend.endpoints as { s3?: string } | undefined)?.s3).toBe(store?.endpoint);
    });

    it("keeps earlier versions of a state", () => {
      expect(JSON.stringify(stack.json.resource)).toMatch(/"versioning_configuration":\{"status":"Enabled"\}|mc version enable/);
    });

    it("gives its credentials, if it has any, to outputs as references only", () => {
      const secret = store?.credentials?.secretKey;
      expect(secret === undefined || Token.isUnresolved(secret)).toBe(true);
    });

    itStandsTwice(environment, "state", make);
  });
}
