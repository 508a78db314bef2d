import { catalogFor } from "../../../constructs/catalog";
import { onEks } from "../../../constructs/cluster/aws-cluster";
import { cloudWatchSeriesOf } from "../../../constructs/monitoring/cloudwatch-series";
import { CloudWatchExporter } from "../../../constructs/monitoring/cloudwatch-exporter";
import { environments } from "../../../environments/index";
import { itHonoursIngress, routed, routeFor } from "../../contracts/ingress";
import { platformStackOf } from "../../platform-stack";
import { manifest, manifestsOf, pathsOf, release } from "../../released";
import { albOf, makeAlb, vpcId, withIngress } from "./alb-stack";

const { dev, prod } = environments;
const [backend] = routeFor({
  setting: { environment: dev, footprint: catalogFor(dev).footprint, places: catalogFor(dev).places },
}).backends;

itHonoursIngress("AlbIngress", dev, (parts, id) => makeAlb(dev, parts, id));
itHonoursIngress("AlbIngress", prod, (parts, id) => makeAlb(prod, parts, id));

describe("AlbIngress", () => {
  it("consists of", () => {
    expect(albOf(dev).inventory).toEqual([
      "aws_acm_certificate",
      "aws_acm_certificate_validation",
      "aws_cloudwatch_log_group", // of the firewall
      "aws_eks_pod_identity_association", // of the controller, with the next two
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_kms_alias",
      "aws_kms_key", // of the firewall's logs
      "aws_lb",
      ...Array<string>(2).fill("aws_lb_listener"), // HTTPS, and HTTP that leads there
      ...Array<string>(3).fill("aws_route53_record"), // validation, the domain, the names below it
      "aws_s3_bucket", // access logs, with what closes and expires them
      "aws_s3_bucket_lifecycle_configuration",
      "aws_s3_bucket_logging", // of requests for logs
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
      "aws_security_group",
      "aws_vpc_security_group_egress_rule", // to the cluster
      ...Array<string>(3).fill("aws_vpc_security_group_ingress_rule"), // two ports of the load balancer, and those of pods
      "aws_wafv2_web_acl",
      "aws_wafv2_web_acl_association",
      "aws_wafv2_web_acl_logging_configuration",
      "helm_release", // the controller
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      ...Array<string>(2).fill("kubernetes_network_policy_v1"), // deny everything, the controller's paths
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("is measured by CloudWatch from another stack, by the end of its ARN, and watched there", () => {
    const watched = platformStackOf(dev, (parts) => {
      makeAlb(dev, parts, "Ingress").watch(parts.stack, "Signals");
      const { cluster, setting, stack } = parts;
      new CloudWatchExporter(stack, "CloudMetrics", { setting, environment: dev, cluster: onEks(cluster, "test") });
      expect(cloudWatchSeriesOf(stack).metrics.map(({ delaySeconds, metric }) => [metric, delaySeconds])).toEqual([
        ["RequestCount", 120],
        ["HTTPCode_Target_5XX_Count", 120],
        ["HTTPCode_ELB_5XX_Count", 120],
        ["ActiveConnectionCount", 120],
        ["TargetResponseTime", 120],
      ]);
    });
    const jobs = JSON.stringify(watched.one("kubernetes_config_map_v1").data);
    expect(jobs.split(`\${${watched.address("aws_lb")}.arn_suffix}`)).toHaveLength(6); // in each of five
    expect(manifest(watched, "PrometheusRule").metadata).toEqual({ name: "gateway-rules", namespace: "monitoring" });
    expect(JSON.stringify(manifest(watched, "PrometheusRule").spec)).toContain('"alert":"GatewayErrorsCritical"');
  });

  it("has a firewall and external-dns only where the environment says so", () => {
    const bare = albOf(withIngress(dev, { waf: { rules: "none" } })).inventory;
    expect(bare.filter((type) => type.startsWith("aws_wafv2"))).toEqual([]);
    expect(bare).not.toContain("aws_cloudwatch_log_group");
    expect(
      albOf(withIngress(dev, { externalDns: true }))
        .all("helm_release")
        .map(({ name }) => name),
    ).toContain("external-dns");
  });
});

describe("pods that ask an AlbIngress", () => {
  it.each([
    ["internet", "internet"],
    ["vpc", "load-balancer"],
  ] as const)("go as everybody does where it is for the %s: DNS says where it is, and its certificate is known", (access, to) => {
    const environment = withIngress(dev, { access });
    platformStackOf(environment, (parts) => {
      const { inside } = makeAlb(environment, parts, "Ingress");
      expect(inside).toMatchObject({ to, ports: [{ port: 443 }] });
      expect(inside.urlOf(`api.${dev.domain}`)).toBe(`https://api.${dev.domain}`);
      expect(inside.issuer).toBeUndefined();
    });
  });
});

describe("a route of an AlbIngress", () => {
  const stack = albOf(dev, { path: "/v1" });
  const group = `\${${stack.address("aws_lb_target_group")}.arn}`;

  it("leads host and path to a group of pods, by a rule of the listener for HTTPS", () => {
    expect(stack.one("aws_lb_listener_rule")).toMatchObject({
      listener_arn: `\${${stack.address("aws_lb_listener", "Ingress_LoadBalancer_Https")}.arn}`,
      priority: 10,
      condition: [{ host_header: { values: ["api.dev.ml-platform.example.com"] } }, { path_pattern: { values: ["/v1", "/v1/*"] } }],
      action: [{ type: "forward", target_group_arn: group }],
    });
    expect(stack.one("aws_lb_target_group")).toMatchObject({
      target_type: "ip",
      protocol: "HTTP",
      port: 8080, // the pods', not the service's
      vpc_id: vpcId,
      deregistration_delay: "60",
      health_check: { path: "/", matcher: "200-399" },
    });
  });

  it("has no condition on the path when all of the host is meant", () => {
    expect(albOf(dev, {}).one("aws_lb_listener_rule").condition).toEqual([
      { host_header: { values: ["api.dev.ml-platform.example.com"] } },
    ]);
  });

  it("asks pods for their health where the backend says", () => {
    const backends = backend ? [{ ...backend, healthPath: "/healthz" }] : [];
    expect(albOf(dev, { backends }).one("aws_lb_target_group").health_check).toMatchObject({ path: "/healthz" });
  });

  it("keeps the pods registered, without letting the controller touch security groups", () => {
    const binding = manifest(stack, "TargetGroupBinding");
    expect(binding).toMatchObject({
      apiVersion: "elbv2.k8s.aws/v1beta1",
      metadata: { name: stack.one("aws_lb_target_group").name, namespace: "shop" },
    });
    expect(binding.spec).toEqual({
      targetGroupARN: group,
      targetType: "ip",
      ipAddressType: "ipv4",
      vpcID: vpcId,
      serviceRef: { name: "api", port: 80 },
    });
    expect(release(stack, "api-route").depends_on).toContain(stack.address("aws_lb_listener_rule"));
  });

  it("lets the load balancer's subnets in, and nobody else", () => {
    const { ingress } = pathsOf(stack)["api-api"] as { ingress: readonly unknown[] };
    expect(ingress).toEqual([
      {
        from: [{ ip_block: { cidr: "10.10.128.0/22" } }, { ip_block: { cidr: "10.10.132.0/22" } }], // the public ones
        ports: [{ port: "8080", protocol: "TCP" }],
      },
    ]);
  });

  it("shares requests among backends by their weights", () => {
    const backends = ["stable", "canary"].map((service, index) => ({
      service,
      port: 80,
      podLabels: { app: service },
      podPort: 8080,
      weight: index === 0 ? 9 : 1,
    }));
    const canary = albOf(dev, { backends });
    const [stable, next] = ["stable", "canary"].map((name) => `\${${canary.address("aws_lb_target_group", `Route_${name}`)}.arn}`);
    expect(canary.one("aws_lb_listener_rule").action).toEqual([
      {
        type: "forward",
        forward: {
          target_group: [
            { arn: stable, weight: 9 },
            { arn: next, weight: 1 },
          ],
        },
      },
    ]);
    expect(manifestsOf(canary).map(({ metadata }) => metadata.name)).toEqual([
      expect.stringMatching(/^dev-stable-/),
      expect.stringMatching(/^dev-canary-/),
    ]);
  });

  // AWS deletes no group that a rule uses and keeps names apart; a binding never moves to another group.
  it("has another group, there before the old one goes, and another binding when the pods' port changes", () => {
    const moved = albOf(dev, { path: "/v1", backends: backend ? [{ ...backend, podPort: 9090 }] : [] });
    const both = [stack, moved].map((each) => ({ group: each.one("aws_lb_target_group"), binding: manifest(each, "TargetGroupBinding") }));
    expect(moved.address("aws_lb_target_group")).toBe(stack.address("aws_lb_target_group"));
    expect(both.map(({ group }) => group.lifecycle)).toEqual(Array(2).fill({ create_before_destroy: true }));
    expect(new Set(both.map(({ group }) => group.name)).size).toBe(2);
    expect(new Set(both.map(({ binding }) => binding.metadata.name)).size).toBe(2);
  });

  it("takes nothing but the listener's ARN into another stack", () => {
    const { route } = routed(dev, (parts, id) => makeAlb(dev, parts, id), "apps");
    const taken = JSON.stringify(route.resources).match(/\bdata\.terraform_remote_state\.[\w.-]+/g) ?? [];
    expect(taken).toEqual([expect.stringMatching(/^data\.terraform_remote_state\..*aws_lb_listener.*Https.*arn$/)]);
    expect(route.one("aws_lb_listener_rule").listener_arn).toBe(`\${${taken[0]}}`);
  });

  it("fails when it has a timeout of its own", () => {
    platformStackOf(dev, (parts) => {
      const ingress = makeAlb(dev, parts, "Ingress");
      expect(() => ingress.route(parts.stack, "Route", routeFor(parts, { timeoutSeconds: 30 }))).toThrow(
        "dev-platform/Route: timeoutSeconds is 30, must be 60, which this ingress has for all routes; leave it out, or change ingress.timeoutSeconds",
      );
    });
  });

  it("fails when it is to be served by plain HTTP", () => {
    platformStackOf(dev, (parts) => {
      const ingress = makeAlb(dev, parts, "Ingress");
      expect(() => ingress.route(parts.stack, "Route", routeFor(parts, { tls: false }))).toThrow(
        "dev-platform/Route: tls is false, must be true: this ingress serves nothing by plain HTTP; leave it out",
      );
    });
  });
});
