import { defineCapability } from "../capability";
import { is, matches, must, mustBeAtLeast, refersTo } from "../finding";
import type { Parts } from "../parts";
import type { Place } from "../place";
import { namespacesDeny, peersAreNamed } from "../proofs/namespaces";
import { destroyRefused, required } from "../proofs/required";

const balancers = (own: Parts) => own.all("aws_lb");
const listeners = (own: Parts, protocol: string) => own.all("aws_lb_listener").filter((one) => one.at("protocol").value === protocol);

const gateways = (own: Parts) => own.manifests("Gateway");
const listener = (gateway: Place, name: string) => gateway.at("spec", "listeners").item((one) => one.at("name").value === name);

/** What lets requests in. */
export const ingress = defineCapability({
  name: "ingress",
  constructs: ["platform/Ingress"],
  outputs: { domain: "string" },
  claims: {
    tlsInTransit: {
      https: { summary: "requests come by HTTPS" },
      redirected: { summary: "requests in plain text are redirected" },
    },
    highAvailability: { zones: { summary: "requests are taken when a server is lost", unit: "places" } },
    isolation: {
      filtered: { summary: "a firewall looks at requests" },
      denied: { summary: "pods of its namespaces talk to those only who are named" },
    },
    monitoring: { requestsLogged: { summary: "every request is logged" } },
    protection: { destroyRefused: { summary: "it is not destroyed by a slip" } },
  },
  exempt: {
    encryptionAtRest: "it keeps nothing",
    authentication: "who may do what is the application's business",
    backup: "it keeps nothing",
    pointInTime: "it keeps nothing",
  },
  variants: [
    {
      name: "ALB",
      main: balancers,
      proofs: {
        tlsInTransit: {
          https: (own) =>
            balancers(own).flatMap((balancer) =>
              required(balancer, listeners(own, "HTTPS"), "listener for HTTPS", (one) => [
                must(one.at("ssl_policy"), matches(/^ELBSecurityPolicy-TLS13-/)),
                must(one.at("certificate_arn"), refersTo("aws_acm_certificate_validation")),
              ]),
            ),
          redirected: (own) =>
            balancers(own).flatMap((balancer) =>
              required(balancer, listeners(own, "HTTP"), "listener for HTTP", (one) => [
                must(one.at("default_action", 0, "type"), is("redirect")),
                must(one.at("default_action", 0, "redirect", "protocol"), is("HTTPS")),
              ]),
            ),
        },
        highAvailability: {
          zones: (own) => balancers(own).map((balancer) => mustBeAtLeast(2, balancer.at("subnets"), (subnets) => [subnets].flat().length)),
        },
        isolation: {
          filtered: (own) =>
            balancers(own).flatMap((balancer) =>
              required(balancer, own.of("aws_wafv2_web_acl_association", ["resource_arn"], balancer), "firewall", (association) => [
                must(association.at("web_acl_arn"), refersTo("aws_wafv2_web_acl")),
                must(own.follow(association.at("web_acl_arn")).at("rule"), (rules) => Array.isArray(rules) && rules.length > 0),
              ]),
            ),
          denied: (own, environment) => [...namespacesDeny(own), ...peersAreNamed(own, environment)],
        },
        monitoring: {
          requestsLogged: (own) =>
            balancers(own).flatMap((balancer) => [
              must(balancer.at("access_logs", "enabled"), is(true)),
              must(balancer.at("access_logs", "bucket"), refersTo("aws_s3_bucket")),
            ]),
        },
        protection: {
          destroyRefused: (own) =>
            balancers(own).flatMap((one) => [destroyRefused(one), must(one.at("enable_deletion_protection"), is(true))]),
        },
      },
      facts: (own) => ({
        "rules of the firewall": own.all("aws_wafv2_web_acl")[0]?.at("rule").items().length,
        "reached from": balancers(own)[0]?.at("internal").value === true ? "the VPC" : "the internet",
      }),
    },
    {
      name: "gateway in the cluster",
      main: gateways,
      proofs: {
        tlsInTransit: {
          https: (own) =>
            gateways(own).flatMap((gateway) => [
              must(listener(gateway, "https").at("protocol"), is("HTTPS")),
              must(listener(gateway, "https").at("tls", "mode"), is("Terminate")),
            ]),
          redirected: (own) =>
            gateways(own).flatMap((gateway) =>
              required(gateway, own.manifests("HTTPRoute"), "route that redirects", (route) => [
                must(route.at("spec", "parentRefs", 0, "sectionName"), is("http")),
                must(route.at("spec", "rules", 0, "filters", 0, "requestRedirect", "scheme"), is("https")),
              ]),
            ),
        },
        highAvailability: {
          zones: (own) =>
            own
              .values()
              .filter((values) => values.at("nginx").value !== undefined)
              .map((values) => mustBeAtLeast(2, values.at("nginx", "replicas"))),
        },
        isolation: {
          filtered: () => [],
          denied: (own, environment) => [...namespacesDeny(own), ...peersAreNamed(own, environment)],
        },
        monitoring: { requestsLogged: () => [] },
        protection: { destroyRefused: (own) => own.all("kubernetes_namespace_v1").map(destroyRefused) },
      },
      facts: () => ({}),
    },
  ],
});
