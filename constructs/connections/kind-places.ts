import type { LocalEnvironment } from "../../environments/environment";
import { overlap } from "../network/cidr";
import { clusterDns, privateBlocks, publicInternet, type Block, type Places } from "./places";

/** Where things are beside a Kind cluster. Docker gives nodes their addresses, which nobody knows at synth: anything private that is no pod. */
export function kindPlaces({ kind }: LocalEnvironment): Places {
  const outside = privateBlocks
    .filter((cidr) => cidr !== kind.podCidr) // Kubernetes takes no exception that leaves nothing
    .map((cidr): Block => (overlap(cidr, kind.podCidr) ? { cidr, except: [kind.podCidr] } : { cidr }));
  return {
    // Policies see the address behind the service `kubernetes` or the one in front of it: that is the network plugin's choice.
    "api-server": { at: outside, ports: [{ port: 6443 }, { port: 443 }] },
    dns: clusterDns,
    nodes: { at: outside, ports: [] },
    laptop: { at: outside, ports: [] },
    "load-balancer": undefined,
    "pod-identity-agent": undefined,
    "data-stores": undefined,
    "aws-endpoints": undefined,
    internet: publicInternet,
  };
}
