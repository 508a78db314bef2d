import { appliedValue } from "./value-context";

const inRegion = "eu-central-1:111122223333";
const loadBalancer = `arn:aws:elasticloadbalancing:${inRegion}:loadbalancer/app/dev/0123456789abcdef`;
const certificate = { domain_name: "dev.example.com", subject_alternative_names: ["dev.example.com", "*.dev.example.com"] };

describe("values of load balancers", () => {
  it.each([
    ["aws_lb", "arn", { name: "dev" }, /:loadbalancer\/app\/dev\/[0-9a-f]{16}$/],
    ["aws_lb", "arn_suffix", { name: "dev" }, /^app\/dev\/[0-9a-f]{16}$/],
    ["aws_lb", "dns_name", { name: "dev", internal: false }, /^dev-\d+\.eu-central-1\.elb\.amazonaws\.com$/],
    ["aws_lb", "dns_name", { name: "dev", internal: true }, /^internal-dev-\d+\.eu-central-1\.elb\.amazonaws\.com$/],
    ["aws_lb_target_group", "arn", { name: "dev-api" }, /:targetgroup\/dev-api\/[0-9a-f]{16}$/],
    ["aws_lb_listener", "arn", { load_balancer_arn: loadBalancer }, /:listener\/app\/dev\/0123456789abcdef\/[0-9a-f]{16}$/],
    [
      "aws_lb_listener_rule",
      "arn",
      { listener_arn: loadBalancer.replace("loadbalancer", "listener") },
      /:listener-rule\/app\/dev\/0123456789abcdef\/[0-9a-f]{16}$/,
    ],
    ["aws_wafv2_web_acl", "arn", { name: "dev" }, /^arn:aws:wafv2:eu-central-1:111122223333:regional\/webacl\/dev\/[0-9a-f-]{36}$/],
    ["aws_route53_record", "id", { zone_id: "Z1", name: "a.example.com", type: "A" }, /^Z1_a\.example\.com_A$/],
  ] as const)("give %s a %s of the right form", (type, path, values, form) => {
    expect(appliedValue(path, type, values)).toMatch(form);
  });

  it("validate a domain and its wildcard by the same record, and another name by its own", () => {
    const names = [...certificate.subject_alternative_names, "other.example.com"];
    const options = appliedValue("domain_validation_options", "aws_acm_certificate", {
      ...certificate,
      subject_alternative_names: names,
    }) as readonly { readonly domain_name: string; readonly resource_record_name: string }[];
    expect(options.map(({ domain_name }) => domain_name)).toEqual(names);
    const [domain, wildcard, other] = options.map(({ resource_record_name }) => resource_record_name);
    expect(domain).toMatch(/^_[0-9a-f]{32}\.dev\.example\.com\.$/);
    expect(wildcard).toBe(domain);
    expect(other).toMatch(/^_[0-9a-f]{32}\.other\.example\.com\.$/);
  });
});
