import { arn, ec2Id, generatedName, joined, nameOf, regional, regionOf, tagged } from "./aws-values";
import { always, moment, numberBelow, textAt, uuid, valueAt } from "./common-values";
import type { ValueContext, ValueTable } from "./value-table";

/** The zones in which ELB has its names are the same for everybody; this one is nobody's. */
const loadBalancerZone = "Z0000000EXAMPLE";

const requestHeaders = ["mtls_clientcert", "mtls_clientcert_issuer", "mtls_clientcert_leaf", "mtls_clientcert_serial_number"]
  .concat("mtls_clientcert_subject", "mtls_clientcert_validity", "tls_cipher_suite", "tls_version")
  .map((name) => `routing_http_request_x_amzn_${name}_header_name`);
const responseHeaders = ["allow_credentials", "allow_headers", "allow_methods", "allow_origin", "expose_headers", "max_age"]
  .map((name) => `access_control_${name}`)
  .concat("content_security_policy", "strict_transport_security", "x_content_type_options", "x_frame_options")
  .map((name) => `routing_http_response_${name}_header_value`);

/** Load balancers with their certificates, names and firewalls. */
export const awsIngress: ValueTable = {
  aws_acm_certificate: {
    planned: { ...regional, ...tagged },
    applied: {
      id: certificateArn,
      arn: certificateArn,
      domain_validation_options: validationOptions,
      key_algorithm: () => "RSA_2048",
      ...always("", "not_after", "not_before"),
      pending_renewal: () => false,
      renewal_eligibility: () => "INELIGIBLE",
      ...always([], "renewal_summary", "validation_emails"),
      status: () => "PENDING_VALIDATION",
      type: () => "AMAZON_ISSUED",
      "options.export": () => "DISABLED",
    },
  },
  // Its id is the moment of the validation.
  aws_acm_certificate_validation: { planned: regional, applied: { id: () => `${moment.slice(0, -1).replace("T", " ")} +0000 UTC` } },
  aws_route53_record: {
    applied: {
      // Without the zone's own name, which this does not know, the name is taken as it is.
      id: joined("_", "zone_id", "name", "type"),
      fqdn: joined("", "name"),
      allow_overwrite: () => false,
    },
  },
  aws_lb: {
    planned: { ...regional, ...tagged },
    applied: {
      ...generatedName(),
      id: (context) => arn(context, "elasticloadbalancing", loadBalancerPath(context)),
      arn: (context) => arn(context, "elasticloadbalancing", loadBalancerPath(context)),
      arn_suffix: (context) => loadBalancerPath(context).replace("loadbalancer/", ""),
      dns_name: (context) =>
        `${valueAt(context, "internal") === true ? "internal-" : ""}${nameOf(context)}-${numberBelow(2 ** 31, context, "dns")}.${regionOf(context)}.elb.amazonaws.com`,
      zone_id: () => loadBalancerZone,
      vpc_id: ec2Id("vpc", "vpc"),
      internal: () => false,
      ip_address_type: () => "ipv4",
      enforce_security_group_inbound_rules_on_private_link_traffic: () => "",
      "subnet_mapping.outpost_id": () => "",
    },
  },
  aws_lb_listener: {
    planned: { ...regional, ...tagged },
    applied: {
      id: listenerArn,
      arn: listenerArn,
      ...always("", ...requestHeaders, ...responseHeaders),
      ssl_policy: (context) => (textAt(context, "protocol") === "HTTPS" ? "ELBSecurityPolicy-2016-08" : ""),
      routing_http_response_server_enabled: () => true,
      "default_action.order": () => 1,
    },
  },
  aws_lb_listener_rule: {
    planned: { ...regional, ...tagged },
    applied: { id: ruleArn, arn: ruleArn, "action.order": () => 1 },
  },
  aws_lb_target_group: {
    planned: { ...regional, ...tagged },
    applied: {
      ...generatedName(),
      id: (context) => arn(context, "elasticloadbalancing", targetGroupPath(context)),
      arn: (context) => arn(context, "elasticloadbalancing", targetGroupPath(context)),
      arn_suffix: targetGroupPath,
      ip_address_type: () => "ipv4",
      load_balancer_arns: () => [],
      load_balancing_algorithm_type: () => "round_robin",
      load_balancing_anomaly_mitigation: () => "off",
      load_balancing_cross_zone_enabled: () => "use_load_balancer_configuration",
      preserve_client_ip: () => "",
      protocol_version: () => "HTTP1",
      "health_check.matcher": () => "200",
      "health_check.path": () => "/",
      "health_check.timeout": () => 5,
    },
  },
  aws_wafv2_web_acl: {
    planned: { ...regional, ...tagged },
    applied: {
      ...generatedName(),
      id: (context) => uuid(context),
      arn: (context) => arn(context, "wafv2", `regional/webacl/${nameOf(context)}/${uuid(context)}`),
      application_integration_url: () => "",
      lock_token: (context) => uuid(context, "lock"),
    },
    renewed: ["lock_token"], // each change has another
  },
  aws_wafv2_web_acl_association: { planned: regional, applied: { id: joined(",", "web_acl_arn", "resource_arn") } },
  aws_wafv2_web_acl_logging_configuration: { planned: regional, applied: { id: joined("", "resource_arn") } },
};

function certificateArn(context: ValueContext): string {
  return arn(context, "acm", `certificate/${uuid(context)}`);
}

/** A record for each name of the certificate; a wildcard has that of its domain. */
function validationOptions(context: ValueContext): readonly object[] {
  const alternatives = valueAt(context, "subject_alternative_names");
  const names = [textAt(context, "domain_name"), ...(Array.isArray(alternatives) ? (alternatives as readonly unknown[]) : [])];
  return [...new Set(names)].flatMap((name) => {
    if (typeof name !== "string") return [];
    const domain = name.replace(/^\*\./, "");
    return {
      domain_name: name,
      resource_record_name: `_${context.hex(32, `name ${domain}`)}.${domain}.`,
      resource_record_type: "CNAME",
      resource_record_value: `_${context.hex(32, `value ${domain}`)}.acm-validations.aws.`,
    };
  });
}

function loadBalancerPath(context: ValueContext): string {
  return `loadbalancer/app/${nameOf(context)}/${context.hex(16)}`;
}

function targetGroupPath(context: ValueContext): string {
  return `targetgroup/${nameOf(context)}/${context.hex(16)}`;
}

function listenerArn(context: ValueContext): string | undefined {
  return below(textAt(context, "load_balancer_arn"), "loadbalancer", "listener", context);
}

function ruleArn(context: ValueContext): string | undefined {
  return below(textAt(context, "listener_arn"), "listener", "listener-rule", context);
}

/** ARN of what belongs to something: that one's with another kind, and an id of its own. */
function below(owner: string | undefined, its: string, kind: string, context: ValueContext): string | undefined {
  return owner === undefined ? undefined : `${owner.replace(`:${its}/`, `:${kind}/`)}/${context.hex(16)}`;
}
