import type { TerraformStack } from "cdktf";
import { GatewayApiCrds } from "../../../constructs/ingress/gateway-api-crds";
import type { GatewayServer, GatewayServerProps } from "../../../constructs/ingress/gateway-server";
import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import type { LocalEnvironment } from "../../../environments/environment";
import { platformStackOf } from "../../platform-stack";
import { only, type SynthesizedStack } from "../../synthesized";

/** What is neither a pod nor the internet: where the API server and the laptop are. */
export const outside = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** A platform stack with what serves a gateway, and what that needs. */
export function gatewayServerOf(
  environment: LocalEnvironment,
  make: (scope: TerraformStack, props: GatewayServerProps) => GatewayServer,
): { readonly server: GatewayServer; readonly stack: SynthesizedStack } {
  const built: GatewayServer[] = [];
  const stack = platformStackOf(environment, ({ stack: scope, setting }) => {
    const namespace = new GuardedNamespace(scope, "Namespace", { environment, name: "gateway" });
    const types = new GatewayApiCrds(scope, "Types", { namespace });
    const ports = [
      { port: 80, nodePort: 30080 },
      { port: 443, nodePort: 30443 },
    ];
    built.push(make(scope, { setting, namespace, gateway: "gateway", ports, requires: [types] }));
  });
  return { server: only(built, "gateway server"), stack };
}
