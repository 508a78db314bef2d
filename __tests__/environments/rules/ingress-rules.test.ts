import { refusals } from "../changed";

const none = { "ingress.waf": { rules: "none" } };

test("fails when prod faces the internet without a firewall", () => {
  expect(refusals("prod", none)).toEqual([
    'prod.ingress.waf: rules is "none", must be "managed" where prod faces the internet; ' +
      "set requestsPerFiveMinutes with it, or let only the VPC in by ingress.access",
  ]);
});

test("a firewall is not asked for inside of a VPC, nor outside of prod", () => {
  expect(refusals("prod", { ...none, "ingress.access": "vpc" })).toEqual([]);
  for (const name of ["dev", "staging"] as const) expect(refusals(name, none)).toEqual([]);
});

test("fails when a project's name makes one that a load balancer cannot have", () => {
  expect(refusals("dev", { project: "internal-tools" })).toEqual([
    'dev: name of the load balancer is "internal-tools-dev", must be letters, digits and inner hyphens, without internal- at its start; ' +
      "change the project, or the part that follows the environment's name",
  ]);
});
