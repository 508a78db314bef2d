import { environments } from "../../../environments/index";
import { everyKindIn, runningApplications } from "../../apps-stack";
import { everyKind } from "../../every-kind";
import { networkPaths } from "../../network-paths";
import { containerOf } from "../../pod-templates";
import { manifest } from "../../released";
import { statementsOf } from "../../synthesized";

const { local, dev } = environments;
const { shop, stock } = everyKind;
const onLaptop = everyKindIn(local);
const inCloud = everyKindIn(dev);
const dns = "to kube-system/kube-dns 53/UDP 53";

describe("paths of a workload", () => {
  const paths = networkPaths(inCloud);

  it("lead to whom it is connected to, to DNS, and to the Kubernetes API where it has a token", () => {
    expect(paths["shop-web-data-web"]).toContain(dns);
    expect(paths["shop-web-web"]).toEqual([
      ...["10.10.160.0/22", "10.10.164.0/22", "172.20.0.1/32"].map((block) => `to ${block} 443`),
      "to monitoring/otel-collector 4317 4318",
      "to shop/store/server 8080",
      "to stock/api/server 8080",
      "to 203.0.113.0/24 8443",
      "to 0.0.0.0/0 443",
    ]);
    expect(paths["shop-nightly-nightly"]).toEqual([dns]);
  });

  it("are open at the other end, for servers alone", () => {
    expect(paths["shop-web-store-server"]).toEqual(["from shop/web 8080"]);
    expect(paths["shop-web-api-server"]).toEqual(["from shop/web 8080"]);
  });

  it("lead to the collector from who is instrumented, and are open at its end", () => {
    expect(paths["shop-web-otel-collector"]).toEqual(["from shop/web 4317 4318"]);
    expect(paths["shop-trainer-otel-collector"]).toEqual(["from shop/trainer 4317 4318"]);
    expect(Object.keys(paths).filter((name) => name.endsWith("-otel-collector"))).toHaveLength(2);
  });

  it("lead from the load balancer to the port of a route", () => {
    expect(paths["web-1000-web-server"]).toEqual(["10.10.128.0/22", "10.10.132.0/22"].map((block) => `from ${block} 8080`));
  });

  it("have a name of their own where applications share a namespace: each may have a workload that is called so", () => {
    const shared = onLaptop
      .all("kubernetes_network_policy_v1")
      .map(({ metadata }) => metadata as { readonly name: string; readonly namespace: string })
      .filter(({ namespace }) => ["cache", "database", "state-store"].includes(namespace))
      .map(({ name }) => name);
    const ofWorkloads = shared.filter((name) => !name.startsWith("queue-reader"));
    expect(ofWorkloads.length).toBeGreaterThan(5);
    for (const name of ofWorkloads) expect(name).toMatch(/^(workload-)?(shop|stock)-/);
  });
});

describe("what a workload is told", () => {
  const sources = (name: string) =>
    containerOf(inCloud, name).env_from.map(
      ({ config_map_ref, secret_ref }) => config_map_ref?.name.replace(/^.*?\.(.*?)_[0-9A-F]{8}\..*$/, "$1") ?? secret_ref?.name,
    );

  it("is its own variables, those of its connections, and secrets of both", () => {
    expect(sources("shop_web_Pods")).toEqual(["shop_web_Variables", "shop_web_Connections_Access_Variables", "web-secrets", "web-data"]);
    expect(sources("shop_store_Pods")).toEqual([]);
    expect(sources("shop_agent_Pods")).toEqual(["shop_agent_Connections_Access_Variables"]);
  });

  it("is where the workloads are that it talks to", () => {
    expect(inCloud.one("kubernetes_config_map_v1", "shop_web_Variables").data).toMatchObject({
      STORE_URL: "http://store.shop:8080",
      API_URL: "http://api.stock:8080",
    });
  });
});

describe("the identity of a workload", () => {
  it("is of those who use a bucket, for their account alone", () => {
    const accounts = inCloud
      .all("aws_eks_pod_identity_association")
      .map(({ namespace, service_account }) => `${String(namespace)}/${String(service_account)}`);
    expect(accounts.sort()).toEqual(["shop/agent", "shop/web"]);
  });

  it("may do with a bucket what the connection says", () => {
    const actions = (workload: string) =>
      inCloud
        .all("aws_iam_role_policy", `shop_${workload}_Connections_Identity_Bucket`)
        .flatMap(({ policy }) => statementsOf(policy).flatMap(({ Action }) => Action));
    expect(actions("agent")).toContain("s3:GetObject");
    expect(actions("agent")).not.toContain("s3:PutObject");
    expect(actions("web")).toContain("s3:PutObject");
    expect(inCloud.all("aws_iam_role_policy", "shop_web_Connections_Identity_Database")).toHaveLength(1); // it may sign in with it, too
  });
});

describe("the routes of a workload", () => {
  it("lead from a host below the domain, in the order that it says, and a load balancer asks as readiness does", () => {
    expect(inCloud.all("aws_lb_listener_rule").map(({ priority, condition }) => [priority, condition])).toEqual([
      [1000, [{ host_header: { values: [`shop.${dev.domain}`] } }]],
      [900, [{ host_header: { values: [`shop.${dev.domain}`] } }, { path_pattern: { values: ["/api", "/api/*"] } }]],
    ]);
    for (const group of inCloud.all("aws_lb_target_group")) expect(group).toMatchObject({ port: 8080, health_check: { path: "/ready" } });
    expect(manifest(onLaptop, "HTTPRoute", "web-900").spec).toMatchObject({ hostnames: [`shop.${local.domain}`] });
  });

  it("come after the service that they lead to", () => {
    const service = onLaptop.address("kubernetes_service_v1", "shop_web_");
    expect(onLaptop.one("helm_release", "shop_web_Connections_Route-1000").depends_on).toContain(service);
  });

  it("are asked at the root where readiness is another port's business", () => {
    const { web } = shop.workloads;
    if (web?.kind !== "deployment") throw new Error("web is no deployment");
    const metrics = { to: "gateway", host: "metrics", port: "metrics", priority: 5 } as const;
    const workloads = { ...shop.workloads, web: { ...web, connects: [...(web.connects ?? []), metrics] } };
    const stack = runningApplications(dev, [{ ...shop, workloads }, stock]);
    expect(stack.one("aws_lb_target_group", "shop_web_Connections_Route-5_")).toMatchObject({ port: 9090, health_check: { path: "/" } });
  });
});
