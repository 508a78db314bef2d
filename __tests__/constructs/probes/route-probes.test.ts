import type { Application } from "../../../applications/application";
import { srePortal } from "../../../applications/sre-portal";
import type { Probe } from "../../../constructs/probes/probe";
import { routeProbes } from "../../../constructs/probes/route-probes";
import { everyKind } from "../../every-kind";

const gateway = "https://gateway-nginx.gateway";
const wayIn = { domain: "example.localhost", inside: { to: "laptop", ports: [{ port: 443 }], urlOf: () => gateway } } as const;

/** What is asked, and for which host. */
function askedOf(application: Application): readonly string[] {
  return routeProbes(application, wayIn).map(summary);
}

describe("probes of routes", () => {
  it("ask for what users ask, and for what the workload says it is ready by", () => {
    expect(routeProbes(srePortal, wayIn)[0]).toEqual({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "Probe",
      metadata: { name: "portal-400", namespace: "sre-portal" },
      spec: {
        jobName: "sre-portal/portal",
        module: "route",
        prober: { url: "prometheus-blackbox-exporter.monitoring:9115" },
        params: [{ name: "hostname", values: ["sre.example.localhost"] }],
        targets: {
          staticConfig: {
            static: ["https://gateway-nginx.gateway/"],
            labels: { namespace: "sre-portal", workload: "portal", route: "sre.example.localhost/" },
          },
        },
      },
    });
    expect(askedOf(srePortal)).toEqual([
      "portal-400 https://gateway-nginx.gateway/ as sre.example.localhost",
      "portal-400-ready https://gateway-nginx.gateway/status as sre.example.localhost",
    ]);
  });

  it("go where the way in says, for each host", () => {
    const cloud = { domain: "example.com", inside: { ...wayIn.inside, urlOf: (host: string) => `https://${host}` } };
    expect(routeProbes(srePortal, cloud).map(summary)).toEqual([
      "portal-400 https://sre.example.com/ as sre.example.com",
      "portal-400-ready https://sre.example.com/status as sre.example.com",
    ]);
  });

  it("leave out what a route does not lead to", () => {
    const { web } = everyKind.shop.workloads;
    const api = { to: "gateway", host: "shop", path: "/api", port: "http", priority: 900 };
    const urls = (changes: object) => {
      const workloads = { web: { ...web, connects: [api], ...changes } };
      return askedOf({ ...everyKind.shop, workloads } as Application).map((line) => line.split(" ")[1]?.replace(gateway, ""));
    };
    expect(urls({})).toEqual(["/api"]);
    expect(urls({ probes: { readiness: { path: "/api/ready", port: "http" } } })).toEqual(["/api", "/api/ready"]);
    expect(urls({ probes: { readiness: { path: "/api/ready", port: "metrics" } } })).toEqual(["/api"]);
    expect(urls({ probes: { readiness: { path: "/api", port: "http" } } })).toEqual(["/api"]);
    expect(urls({ probes: { readiness: { command: ["true"] } } })).toEqual(["/api"]);
    expect(urls({ connects: [] })).toEqual([]);
  });
});

function summary({ metadata, spec }: Probe): string {
  return `${metadata.name} ${spec.targets.staticConfig.static.join()} as ${spec.params.flatMap(({ values }) => values).join()}`;
}
