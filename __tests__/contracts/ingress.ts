import { App, TerraformStack, Token } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogFor, type Layer } from "../../constructs/catalog";
import type { IIngress, RouteProps } from "../../constructs/ingress/ingress";
import { GuardedNamespace } from "../../constructs/namespaces/guarded-namespace";
import type { Environment } from "../../environments/environment";
import type { Arguments, TerraformJson } from "../../operations/terraform-json";
import { platformParts, platformStackOf, type PlatformParts } from "../platform-stack";
import { SynthesizedStack } from "../synthesized";
import { itStandsTwiceOnPlatform } from "./stands-twice";

/** A route that every ingress takes. */
export function routeFor({ setting }: Pick<PlatformParts, "setting">, changed: Partial<RouteProps> = {}): RouteProps {
  return {
    setting,
    name: "api",
    namespace: "shop",
    host: `api.${setting.environment.domain}`,
    backends: [{ service: "api", port: 80, podLabels: { app: "api" }, podPort: 8080 }],
    priority: 10,
    ...changed,
  };
}

/** What every way in keeps. */
export function itHonoursIngress(name: string, environment: Environment, make: (parts: PlatformParts, id: string) => IIngress): void {
  describe(`${name} honours the contract of ingresses`, () => {
    const { domain } = environment;

    /** What a route is refused with, beside one for `/` of the domain. */
    function refusal(changed: Partial<RouteProps>): string {
      let message = "nothing";
      platformStackOf(environment, (parts) => {
        const ingress = make(parts, "Ingress");
        ingress.route(parts.stack, "First", routeFor(parts, { name: "first", host: domain, priority: 1000 }));
        try {
          ingress.route(parts.stack, "Route", routeFor(parts, changed));
        } catch (error) {
          message = (error as Error).message;
        }
      });
      return message;
    }

    it("is what the catalog of its environment builds", () => {
      platformStackOf(environment, ({ stack, setting, cluster }) => {
        const catalog = catalogFor(environment);
        const issuer = catalog.certificateIssuer(stack, "Issuer", { setting, cluster });
        const made = catalog.ingress(stack, "Ingress", { setting, cluster, network: catalog.network(stack, "Network"), issuer });
        expect(made.constructor.name).toBe(name);
      });
    });

    it("serves the environment's domain by HTTPS, under URLs that are known at synth", () => {
      platformStackOf(environment, (parts) => {
        const ingress = make(parts, "Ingress");
        const url = ingress.urlOf(`api.${domain}`);
        expect(ingress.domain).toBe(domain);
        expect(Token.isUnresolved(url)).toBe(false);
        expect(new URL(url)).toMatchObject({ protocol: "https:", hostname: `api.${domain}`, pathname: "/" });
      });
    });

    it.each([["another stack", "apps"] as const, ["its own stack", "platform"] as const])(
      "takes routes of %s, and waits there for what is there",
      (_, layer) => {
        const { route, before } = routed(environment, make, layer);
        const known = new Set(route.resources.map(({ type, name: resource }) => `${type}.${resource}`));
        const routes = releasesIn(route, "shop");
        expect(routes).toHaveLength(1);
        const waits = (routes[0]?.depends_on ?? []) as readonly string[];
        expect(waits.filter((address) => !known.has(address))).toEqual([]);
        expect(waits.filter((address) => address.startsWith("kubernetes_network_policy_v1."))).not.toEqual([]);
        // Its types and what serves it: of another stack they are there already.
        expect(waits.some((address) => address.startsWith("helm_release."))).toBe(layer === "platform");
        if (layer === "apps") expect(before.json.terraform.backend).not.toEqual(route.json.terraform.backend);
      },
    );

    it("waits for what a route requires", () => {
      const stack = platformStackOf(environment, (parts) => {
        const { resource } = new GuardedNamespace(parts.stack, "Shop", { environment, name: "shop" });
        make(parts, "Ingress").route(parts.stack, "Route", routeFor(parts, { requires: [{ installed: [resource] }] }));
      });
      expect(releasesIn(stack, "shop")[0]?.depends_on).toContain(stack.address("kubernetes_namespace_v1", "Shop"));
    });

    it("opens the pods of a route on their own port, and no others", () => {
      const stack = platformStackOf(environment, (parts) => make(parts, "Ingress").route(parts.stack, "Route", routeFor(parts)));
      const inShop = stack
        .all("kubernetes_network_policy_v1")
        .filter(({ metadata }) => (metadata as { namespace: string }).namespace === "shop");
      const specs = inShop.map(({ spec }) => spec as { pod_selector: object; policy_types: object; ingress: readonly { ports: object }[] });
      expect(specs).toHaveLength(1);
      expect(specs[0]).toMatchObject({ pod_selector: { match_labels: { app: "api" } }, policy_types: ["Ingress"] });
      expect(specs[0]?.ingress.map(({ ports }) => ports)).toEqual([[{ port: "8080", protocol: "TCP" }]]);
    });

    it("fails when there is something wrong with a route, and tells everything at once", () => {
      const [backend] = routeFor({ setting: { environment } as PlatformParts["setting"] }).backends;
      if (!backend) throw new Error("the route has no backend");
      const message = refusal({ host: "api.example.org", path: "api", priority: 0, backends: [{ ...backend, weight: 1000 }] });
      const path = `${environment.name}-platform/Route`;
      expect(message).toContain(`${path}: host is "api.example.org", must be ${domain} or one label more`);
      expect(message).toContain(`${path}: path is "api", must be a path`);
      expect(message).toContain(`${path}: priority is 0, must be a whole number from 1 to 50000`);
      expect(message).toContain(`${path}.backends.0: weight is 1000, must be a whole number from 0 to 999`);
      expect(message).toMatch(/^4 problems/);
    });

    it.each<readonly [string, Partial<RouteProps>, string]>([
      ["the same priority", { priority: 1000 }, "priority is 1000, must be another one than that of shop/first"],
      ["the same host and path", { host: domain }, "path is missing, must be another one than that of shop/first on the same host"],
      ["a longer path behind a shorter one", { host: domain, path: "/api", priority: 2000 }, "priority is 2000, must be below 1000"],
    ])("fails when a route has %s as another one", (_, changed, message) => {
      expect(refusal(changed)).toContain(`${environment.name}-platform/Route: ${message}`);
      expect(refusal(changed)).toMatch(/^1 problem /);
    });

    it("takes a longer path before a shorter one", () => {
      expect(refusal({ host: domain, path: "/api", priority: 999 })).toBe("nothing");
    });

    it("fails when a route would wait longer than the environment does", () => {
      const most = environment.ingress.timeoutSeconds;
      expect(refusal({ timeoutSeconds: most + 1 })).toContain(`${environment.name}-platform/Route: timeoutSeconds is ${most + 1}, must be`);
      expect(refusal({ timeoutSeconds: most })).toBe("nothing");
    });

    itStandsTwiceOnPlatform(environment, make);
  });
}

/** A stack with an ingress and one with a route, as they are after one synthesis of both; the same one where they are the same. */
export function routed(environment: Environment, make: (parts: PlatformParts, id: string) => IIngress, layer: Layer) {
  const outdir = mkdtempSync(join(tmpdir(), "evenkeel-"));
  try {
    const app = new App({ outdir });
    const [before, route] = (["platform", "apps"] as const).map((of) => {
      const stack = new TerraformStack(app, `${environment.name}-${of}`);
      catalogFor(environment).prepare(stack, of);
      return platformParts(environment, stack);
    });
    if (!before || !route) throw new Error("two stacks were made, and are not there");
    const caller = layer === "platform" ? before : route;
    make(before, "Ingress").route(caller.stack, "Route", routeFor(caller));
    app.synth();
    const read = ({ stack }: PlatformParts) =>
      new SynthesizedStack(JSON.parse(readFileSync(join(outdir, "stacks", stack.node.id, "cdk.tf.json"), "utf8")) as TerraformJson);
    return { before: read(before), route: read(caller) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function releasesIn(stack: SynthesizedStack, namespace: string): readonly Arguments[] {
  return stack.all("helm_release").filter((found) => found.namespace === namespace);
}
