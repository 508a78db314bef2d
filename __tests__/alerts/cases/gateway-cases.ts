import type { AlertCases } from "../alert-case";

const probe = (route: string) => `probe_success{namespace="search",workload="api",route="${route}"}`;

/** The way in of all routes. */
export const gatewayCases: AlertCases = {
  GatewayDown: {
    fires: { series: { [probe("a.example.com/")]: "1x5 0x10", [probe("b.example.com/")]: "1x6 0x10" }, after: "10m" },
    quiet: { series: { [probe("a.example.com/")]: "0x20", [probe("b.example.com/")]: "1x20" }, after: "10m" },
  },
};
