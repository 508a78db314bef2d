import type { AwsEnvironment } from "../environment";
import { problem, type Rule } from "./rule";

/** What the internet reaches in production is behind a firewall. */
export const firewall: Rule<AwsEnvironment> = {
  reads: ["name", "ingress.access", "ingress.waf"],
  check: (environment) => {
    const { access, waf } = environment.ingress;
    if (environment.name !== "prod" || access !== "internet" || waf.rules === "managed") return [];
    const fix = "set requestsPerFiveMinutes with it, or let only the VPC in by ingress.access";
    return [problem(environment, "ingress.waf.rules", waf.rules, '"managed" where prod faces the internet', fix)];
  },
};
