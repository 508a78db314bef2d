import { AlbIngress } from "../../constructs/ingress/alb-ingress";
import { EnvoyGateway } from "../../constructs/ingress/envoy-gateway";
import { KindIngress } from "../../constructs/ingress/kind-ingress";
import { painter, type Painter } from "../painter";

const clients = { id: "clients", look: "outside" } as const;
const gateway = { id: "gateway", title: "Gateway", look: "gateway" } as const;

/** Draws where requests come from. */
export const clientPainters: readonly Painter[] = [
  painter(AlbIngress, { ...clients, title: "Clients" }, ({ loadBalancer }) => [
    loadBalancer.resource.internalInput === true ? "of the VPC" : "of the internet",
  ]),
  painter(KindIngress, { ...clients, title: "Clients" }, () => ["on this laptop"]),
];

/** Draws the way in. */
export const gatewayPainters: readonly Painter[] = [
  painter(AlbIngress, gateway, ({ domain, webAcl }) => [
    "Application Load Balancer",
    webAcl ? "with a web application firewall" : "without a firewall",
    domain,
  ]),
  painter(KindIngress, gateway, (ingress) => [
    ingress.node.findAll().some((part) => part instanceof EnvoyGateway) ? "Envoy Gateway" : "NGINX Gateway Fabric",
    "in the cluster",
    ingress.domain,
  ]),
];
