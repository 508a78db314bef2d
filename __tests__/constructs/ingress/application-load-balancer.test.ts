import { environments } from "../../../environments/index";
import { statement } from "../../synthesized";
import { albOf, intraSubnets, publicSubnets, withIngress } from "./alb-stack";

const { dev, prod } = environments;
const stack = albOf(dev);
const inVpc = albOf(withIngress(prod, { access: "vpc" }));

describe("ApplicationLoadBalancer", () => {
  it("drops what is no header, and logs every request", () => {
    expect(stack.one("aws_lb")).toMatchObject({
      name: "ml-platform-dev",
      load_balancer_type: "application",
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "defensive",
      enable_http2: true,
      enable_cross_zone_load_balancing: true,
      idle_timeout: 60,
      access_logs: { enabled: true, bucket: `\${${stack.address("aws_s3_bucket")}.id}` },
      depends_on: [stack.address("aws_s3_bucket_policy")],
    });
  });

  it("is in public subnets for the internet, else in those of the endpoints, apart from pods", () => {
    expect(stack.one("aws_lb")).toMatchObject({ internal: false, subnets: publicSubnets });
    expect(inVpc.one("aws_lb")).toMatchObject({ internal: true, subnets: intraSubnets });
  });

  it("is kept where the environment is protected", () => {
    const kept = albOf(prod).one("aws_lb");
    expect(kept).toMatchObject({ enable_deletion_protection: true, lifecycle: { prevent_destroy: true } });
    expect(stack.one("aws_lb")).toMatchObject({ enable_deletion_protection: false, lifecycle: { prevent_destroy: false } });
  });

  it("answers 404 by TLS 1.2 or newer until there are routes, and leads plain HTTP there", () => {
    const https = stack.one("aws_lb_listener", "Ingress_LoadBalancer_Https");
    expect(https).toMatchObject({ port: 443, protocol: "HTTPS" });
    expect(https.ssl_policy).toMatch(/^ELBSecurityPolicy-TLS13-1-2-Res-/);
    expect(https.certificate_arn).toBe(`\${${stack.address("aws_acm_certificate_validation")}.certificate_arn}`);
    expect(https.default_action).toMatchObject([{ type: "fixed-response", fixed_response: { status_code: "404" } }]);
    expect(stack.one("aws_lb_listener", "Ingress_LoadBalancer_Http_")).toMatchObject({
      port: 80,
      protocol: "HTTP",
      default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }],
    });
  });

  it("is what the domain and every name right below it lead to", () => {
    const address = stack.address("aws_lb");
    const alias = { name: `\${${address}.dns_name}`, zone_id: `\${${address}.zone_id}`, evaluate_target_health: true };
    const records = stack.all("aws_route53_record").filter((record) => record.alias !== undefined);
    expect(records).toMatchObject([
      { zone_id: "Z00000000000000000001", name: "dev.ml-platform.example.com", type: "A", alias },
      { zone_id: "Z00000000000000000001", name: "*.dev.ml-platform.example.com", type: "A", alias },
    ]);
  });
});

describe("AlbSecurityGroup", () => {
  const pods = { ip_protocol: "tcp", from_port: 1024, to_port: 65535 };

  it("lets everybody in, or the VPC and the VPN", () => {
    const opened = (of: typeof stack) =>
      of
        .all("aws_vpc_security_group_ingress_rule", "Ingress_LoadBalancer_SecurityGroup_From")
        .map((rule) => `${String(rule.cidr_ipv4)} ${String(rule.from_port)}-${String(rule.to_port)}`)
        .sort();
    expect(opened(stack)).toEqual(["0.0.0.0/0 443-443", "0.0.0.0/0 80-80"]);
    expect(opened(inVpc)).toEqual(["10.250.0.0/16 443-443", "10.250.0.0/16 80-80", "10.30.0.0/16 443-443", "10.30.0.0/16 80-80"]);
  });

  it("lets out to the cluster alone, which takes it in", () => {
    const own = `\${${stack.address("aws_security_group")}.id}`;
    const cluster = "sg-0123456789abcdef0";
    expect(stack.one("aws_vpc_security_group_egress_rule")).toMatchObject({
      ...pods,
      security_group_id: own,
      referenced_security_group_id: cluster,
    });
    expect(stack.one("aws_vpc_security_group_ingress_rule", "Ingress_LoadBalancer_SecurityGroup_Pods")).toMatchObject({
      ...pods,
      security_group_id: cluster,
      referenced_security_group_id: own,
    });
  });
});

describe("AlbCertificate", () => {
  it("is for the domain and its wildcard, and there before an older one goes", () => {
    expect(stack.one("aws_acm_certificate")).toMatchObject({
      domain_name: "dev.ml-platform.example.com",
      subject_alternative_names: ["*.dev.ml-platform.example.com"],
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
  });

  it("is validated by one record in the environment's zone, which both names share", () => {
    const option = `tolist(${stack.address("aws_acm_certificate")}.domain_validation_options).0`;
    const record = stack.one("aws_route53_record", "Ingress_LoadBalancer_Certificate");
    expect(record).toMatchObject({
      zone_id: "Z00000000000000000001",
      name: `\${${option}.resource_record_name}`,
      type: `\${${option}.resource_record_type}`,
      records: [`\${${option}.resource_record_value}`],
      allow_overwrite: true,
    });
    expect(record).not.toHaveProperty("for_each");
    expect(stack.one("aws_acm_certificate_validation").validation_record_fqdns).toEqual([
      `\${${stack.address("aws_route53_record", "Ingress_LoadBalancer_Certificate")}.fqdn}`,
    ]);
  });
});

describe("logs of the load balancer", () => {
  const bucket = stack.address("aws_s3_bucket");

  it("are encrypted by S3 itself, closed, and gone after the environment's time", () => {
    expect(stack.one("aws_s3_bucket")).toMatchObject({ bucket: "ml-platform-dev-lb-logs-000000000001", force_destroy: true });
    expect(stack.one("aws_s3_bucket_server_side_encryption_configuration")).toMatchObject({
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
    expect(stack.one("aws_s3_bucket_public_access_block")).toMatchObject({ block_public_policy: true, restrict_public_buckets: true });
    expect(stack.one("aws_s3_bucket_lifecycle_configuration")).toMatchObject({ rule: [{ status: "Enabled", expiration: [{ days: 14 }] }] });
    expect(albOf(prod).one("aws_s3_bucket")).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
  });

  it("are delivered by load balancers of the account, and by nobody without TLS", () => {
    const { policy } = stack.one("aws_s3_bucket_policy");
    expect(statement(policy, "AllowLogDelivery")).toEqual({
      Sid: "AllowLogDelivery",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `\${${bucket}.arn}/AWSLogs/000000000001/*`,
    });
    expect(statement(policy, "DenyPlainHttp")).toMatchObject({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } });
  });

  it("are read by nobody unseen: requests for them are logged beside those for states", () => {
    expect(stack.one("aws_s3_bucket_logging")).toMatchObject({
      bucket: `\${${bucket}.id}`,
      target_bucket: "ml-platform-dev-state-logs-000000000001",
      target_prefix: "load-balancer/",
    });
  });
});
