import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { encryptedLogGroup } from "../encryption/encrypted-log-group";
import { awsNames } from "../shared/naming";

export interface WebAclProps {
  readonly environment: AwsEnvironment;
  /** Requests that one address may send in five minutes. */
  readonly requestsPerFiveMinutes: number;
  /** What is protected. */
  readonly loadBalancerArn: string;
}

interface RuleGroup {
  /** Name as AWS gives it, without `AWSManagedRules`. */
  readonly name: string;
  /** Rules of the group that only count. @default none */
  readonly counted?: readonly string[];
}

/** What a rule looks for. The bindings have no type for it, so that it is written as Terraform spells it. */
type Statement =
  | {
      readonly rate_based_statement: {
        readonly limit: number;
        readonly aggregate_key_type: "IP";
        /** Time that requests are counted in, in seconds. */
        readonly evaluation_window_sec: number;
      };
    }
  | {
      readonly managed_rule_group_statement: {
        readonly vendor_name: "AWS";
        readonly name: string;
        readonly rule_action_override: readonly { readonly name: string; readonly action_to_use: { readonly count: object } }[];
      };
    };

/** In the order of evaluation: what looks at the address alone comes first. Together 1,175 of 1,500 units of capacity that cost nothing extra. */
const ruleGroups: readonly RuleGroup[] = [
  { name: "AmazonIpReputationList" },
  // Webhooks of other services and our own CI come from hosting providers.
  { name: "AnonymousIpList", counted: ["HostingProviderIPList"] },
  { name: "KnownBadInputsRuleSet" },
  // It refuses bodies over 8 KB, which any upload is.
  { name: "CommonRuleSet", counted: ["SizeRestrictions_BODY"] },
  { name: "SQLiRuleSet" },
];

/** Headers that hold credentials: they are not logged. */
const secretHeaders = ["authorization", "cookie"] as const;

/** Firewall for web requests: rule groups of AWS that fit any application, and a limit by address. What it stops or counts is logged. */
export class WebAcl extends Construct {
  /** Escape hatch. */
  readonly resource: Wafv2WebAcl;

  constructor(scope: Construct, id: string, { environment, requestsPerFiveMinutes, loadBalancerArn }: WebAclProps) {
    super(scope, id);
    this.resource = new Wafv2WebAcl(this, "Resource", {
      name: awsNames(environment).webAcl,
      description: "Requests to the load balancer",
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      // Inline: a resource for each rule costs the provider 170 MB (hashicorp/terraform-provider-aws#48251).
      rule: [rateLimit(requestsPerFiveMinutes), ...ruleGroups.map(managedRule)],
      visibilityConfig: visible("web-acl"),
    });
    new Wafv2WebAclAssociation(this, "Association", { webAclArn: this.resource.arn, resourceArn: loadBalancerArn });
    this.createLogging(environment);
  }

  private createLogging(environment: AwsEnvironment): void {
    const logGroup = encryptedLogGroup(this, {
      environment,
      name: awsNames(environment).wafLogGroup,
      keyId: "LogKey",
      keyPurpose: "waf-logs",
      description: "Firewall logs",
      retentionDays: environment.ingress.logRetentionDays,
    });
    const kept = (["BLOCK", "COUNT"] as const).map((action) => ({ actionCondition: { action } }));
    new Wafv2WebAclLoggingConfiguration(this, "Logging", {
      resourceArn: this.resource.arn,
      logDestinationConfigs: [logGroup.arn],
      redactedFields: secretHeaders.map((name) => ({ singleHeader: { name } })),
      // What passes is in the load balancer's own logs.
      loggingFilter: { defaultBehavior: "DROP", filter: [{ behavior: "KEEP", requirement: "MEETS_ANY", condition: kept }] },
    });
  }
}

function rateLimit(limit: number): Wafv2WebAclRule {
  return {
    name: "rate-limit",
    priority: 0,
    action: { block: {} },
    statement: { rate_based_statement: { limit, aggregate_key_type: "IP", evaluation_window_sec: 300 } } satisfies Statement,
    visibilityConfig: visible("rate-limit"),
  };
}

function managedRule({ name, counted = [] }: RuleGroup, index: number): Wafv2WebAclRule {
  const rule_action_override = counted.map((rule) => ({ name: rule, action_to_use: { count: {} } }));
  return {
    name,
    priority: index + 1,
    overrideAction: { none: {} },
    statement: {
      managed_rule_group_statement: { vendor_name: "AWS", name: `AWSManagedRules${name}`, rule_action_override },
    } satisfies Statement,
    visibilityConfig: visible(name),
  };
}

function visible(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
