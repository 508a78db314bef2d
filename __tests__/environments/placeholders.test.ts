import { loadEnvironments } from "../../environments/load";
import { placeholderNotice } from "../../environments/placeholders";
import { committedWith } from "./changed";

const real = {
  EVENKEEL_DEV_ACCOUNT_ID: "123456789012",
  EVENKEEL_DEV_DOMAIN: "dev.evenkeel.dev",
  EVENKEEL_DEV_HOSTED_ZONE_ID: "Z04567891ABCDEFGHIJKL",
  EVENKEEL_DEV_HOSTED_ZONE_NAME: "evenkeel.dev",
  EVENKEEL_DEV_API_CIDRS: "8.8.8.8/32",
  EVENKEEL_DEV_CERTIFICATE_EMAIL: "platform@evenkeel.dev",
};

test("the committed values hold exactly these placeholders, each with the variable that replaces it", () => {
  const told = loadEnvironments({ variables: {} }).placeholders.map(
    ({ environment, field, value, variable }) => `${environment} ${field} ${value} ${variable}`,
  );
  expect(told).toEqual([
    "dev domain dev.ml-platform.example.com EVENKEEL_DEV_DOMAIN",
    "dev accountId 000000000001 EVENKEEL_DEV_ACCOUNT_ID",
    "dev hostedZone.id Z00000000000000000001 EVENKEEL_DEV_HOSTED_ZONE_ID",
    "dev hostedZone.name dev.ml-platform.example.com EVENKEEL_DEV_HOSTED_ZONE_NAME",
    "dev cluster.endpoint.cidrs.0 203.0.113.0/24 EVENKEEL_DEV_API_CIDRS",
    "dev certificates.email platform-team@example.com EVENKEEL_DEV_CERTIFICATE_EMAIL",
    "staging domain staging.ml-platform.example.com EVENKEEL_STAGING_DOMAIN",
    "staging accountId 000000000002 EVENKEEL_STAGING_ACCOUNT_ID",
    "staging hostedZone.id Z00000000000000000002 EVENKEEL_STAGING_HOSTED_ZONE_ID",
    "staging hostedZone.name staging.ml-platform.example.com EVENKEEL_STAGING_HOSTED_ZONE_NAME",
    "staging certificates.email platform-team@example.com EVENKEEL_STAGING_CERTIFICATE_EMAIL",
    "prod domain ml-platform.example.com EVENKEEL_PROD_DOMAIN",
    "prod observability.alerting.receivers.mail.to.0 platform-team@example.com undefined",
    "prod observability.alerting.receivers.mail.from alerts@ml-platform.example.com undefined",
    "prod observability.alerting.receivers.mail.server smtp.example.com undefined",
    "prod accountId 000000000003 EVENKEEL_PROD_ACCOUNT_ID",
    "prod hostedZone.id Z00000000000000000003 EVENKEEL_PROD_HOSTED_ZONE_ID",
    "prod hostedZone.name ml-platform.example.com EVENKEEL_PROD_HOSTED_ZONE_NAME",
    "prod certificates.email platform-team@example.com EVENKEEL_PROD_CERTIFICATE_EMAIL",
  ]);
});

test("none is left where real values are given, and the laptop needs none", () => {
  expect(loadEnvironments({ names: ["local", "dev"], variables: real }).placeholders).toEqual([]);
});

test.each(Object.keys(real).filter((name) => !name.endsWith("HOSTED_ZONE_NAME")))("one is left without %s", (missing) => {
  const variables = Object.fromEntries(Object.entries(real).filter(([name]) => name !== missing));
  const domain: Record<string, string> = missing === "EVENKEEL_DEV_DOMAIN" ? { EVENKEEL_DEV_HOSTED_ZONE_NAME: "example.com" } : {};
  const { placeholders } = loadEnvironments({ names: ["dev"], variables: { ...variables, ...domain } });
  expect(placeholders.map(({ variable }) => variable)).toContain(missing);
});

const site = (value: string) =>
  loadEnvironments({ names: ["dev"], variables: real, committed: committedWith({ dev: { tags: { Site: value } } }) }).placeholders.length;

test.each([
  "192.0.2.1",
  "198.51.100.1",
  "203.0.113.1",
  "example.com",
  "a.example.net",
  "me@example.org",
  "000000000009",
  "arn:aws:kms:eu-west-1:000000000009:key",
  "Z00000000000000000009",
])("%s is one, as nobody owns it", (value) => {
  expect(site(value)).toBe(1);
});

test.each([
  "192.0.3.1",
  "198.51.101.1",
  "203.0.114.1",
  "notexample.com",
  "example.com.evenkeel.dev",
  "example.com@evenkeel.dev",
  "000000000010",
  "arn:aws:kms:eu-west-1:000000000010:key",
  "Z0A",
])("%s is none", (value) => {
  expect(site(value)).toBe(0);
});

test("one that no variable replaces is told without", () => {
  const committed = committedWith({ dev: { tags: { Site: "www.example.org" } } });
  expect(loadEnvironments({ names: ["dev"], variables: real, committed }).placeholders).toEqual([
    { environment: "dev", field: "tags.Site", value: "www.example.org" },
  ]);
});

test("the notice names each placeholder and what to set; without any there is none", () => {
  const { placeholders } = loadEnvironments({ names: ["staging"], variables: {} });
  const lines = placeholderNotice(placeholders)?.split("\n") ?? [];
  expect(lines[0]).toContain("Terraform refuses to run with that of an account (allowed_account_ids)");
  expect(lines.slice(1)).toEqual([
    "  staging: domain is staging.ml-platform.example.com; set EVENKEEL_STAGING_DOMAIN",
    "  staging: accountId is 000000000002; set EVENKEEL_STAGING_ACCOUNT_ID",
    "  staging: hostedZone.id is Z00000000000000000002; set EVENKEEL_STAGING_HOSTED_ZONE_ID",
    "  staging: hostedZone.name is staging.ml-platform.example.com; set EVENKEEL_STAGING_HOSTED_ZONE_NAME",
    "  staging: certificates.email is platform-team@example.com; set EVENKEEL_STAGING_CERTIFICATE_EMAIL",
  ]);
  expect(placeholderNotice([])).toBeUndefined();
});
