import { environments } from "../../../environments/index";
import { statement } from "../../synthesized";
import { albOf, withIngress } from "./alb-stack";

const { dev, prod } = environments;

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: object;
  readonly override_action?: object;
  readonly statement: {
    readonly rate_based_statement?: object;
    readonly managed_rule_group_statement?: {
      readonly vendor_name: string;
      readonly name: string;
      readonly rule_action_override: readonly { readonly name: string; readonly action_to_use: object }[];
    };
  };
}

describe("WebAcl", () => {
  const stack = albOf(withIngress(dev, { waf: { rules: "managed", requestsPerFiveMinutes: 1234 } }));
  const acl = `\${${stack.address("aws_wafv2_web_acl")}.arn}`;
  const rules = stack.one("aws_wafv2_web_acl").rule as readonly Rule[];
  const groups = rules.flatMap((rule) => rule.statement.managed_rule_group_statement ?? []);

  it("protects the load balancer, and lets pass what no rule stops", () => {
    expect(stack.one("aws_wafv2_web_acl")).toMatchObject({ name: "ml-platform-dev", scope: "REGIONAL", default_action: { allow: {} } });
    expect(stack.one("aws_wafv2_web_acl_association")).toEqual({
      web_acl_arn: acl,
      resource_arn: `\${${stack.address("aws_lb")}.arn}`,
    });
  });

  it("limits what one address may send", () => {
    expect(rules.find(({ name }) => name === "rate-limit")).toMatchObject({
      action: { block: {} },
      statement: { rate_based_statement: { limit: 1234, aggregate_key_type: "IP", evaluation_window_sec: 300 } },
    });
  });

  it("has the groups of AWS for addresses, for known bad input, for any application and for SQL, none of them only counting", () => {
    expect(groups.map(({ vendor_name, name }) => `${vendor_name} ${name}`)).toEqual([
      "AWS AWSManagedRulesAmazonIpReputationList",
      "AWS AWSManagedRulesAnonymousIpList",
      "AWS AWSManagedRulesKnownBadInputsRuleSet",
      "AWS AWSManagedRulesCommonRuleSet",
      "AWS AWSManagedRulesSQLiRuleSet",
    ]);
    expect(rules.filter(({ name }) => name !== "rate-limit").map(({ override_action }) => override_action)).toEqual(
      groups.map(() => ({ none: {} })),
    );
    expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
  });

  it("counts two rules only, which would stop webhooks and uploads", () => {
    const overridden = groups.flatMap(({ name, rule_action_override }) =>
      rule_action_override.map((rule) => [name, rule.name, rule.action_to_use]),
    );
    expect(overridden).toEqual([
      ["AWSManagedRulesAnonymousIpList", "HostingProviderIPList", { count: {} }],
      ["AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY", { count: {} }],
    ]);
  });

  it("logs what it stops or counts, without credentials, under its own key", () => {
    const group = "aws-waf-logs-ml-platform-dev";
    expect(stack.one("aws_cloudwatch_log_group")).toMatchObject({
      name: group,
      retention_in_days: 14,
      kms_key_id: `\${${stack.address("aws_kms_key")}.arn}`,
    });
    expect(statement(stack.one("aws_kms_key").policy, "CloudWatchLogs").Condition).toEqual({
      ArnEquals: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-central-1:000000000001:log-group:${group}` },
    });
    expect(stack.one("aws_wafv2_web_acl_logging_configuration")).toMatchObject({
      resource_arn: acl,
      log_destination_configs: [`\${${stack.address("aws_cloudwatch_log_group")}.arn}`],
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }],
      logging_filter: {
        default_behavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: [{ action_condition: { action: "BLOCK" } }, { action_condition: { action: "COUNT" } }],
          },
        ],
      },
    });
  });

  it("keeps the key of its logs where the environment keeps its data", () => {
    expect(albOf(prod).one("aws_kms_key")).toMatchObject({ lifecycle: { prevent_destroy: true } });
    expect(stack.one("aws_kms_key")).toMatchObject({ lifecycle: { prevent_destroy: false } });
  });
});
