import { environments } from "../../environments";
import type { AwsEnvironment } from "../../environments/environment";
import { preflight, refusePlaceholders } from "../../operations/deploy-preflight";
import { plainProgress } from "../../operations/progress";
import { answered, missing, refused, runner } from "./checks/fake-runner";

const owned: AwsEnvironment = {
  ...environments.dev,
  accountId: "123456789012",
  domain: "dev.platform.test",
  hostedZone: { id: "Z0123456789ABCDEFGHIJ", name: "dev.platform.test" },
  certificates: { ...environments.dev.certificates, email: "platform@platform.test" },
  cluster: { ...environments.dev.cluster, endpoint: { access: "public", cidrs: ["8.8.8.0/24"] } },
};
const progress = plainProgress(() => undefined);
const shell = {
  "aws sts": answered(JSON.stringify({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:role/deployer" })),
  "aws --version": answered("aws-cli/2.31.0 Python/3.13"),
  "terraform version": answered("Terraform v1.11.4"),
};

describe("before anything is done to an environment on AWS", () => {
  it("fails when placeholders remain, with the variable that gives each", () => {
    expect(() => refusePlaceholders(environments.dev)).toThrow(
      /dev: accountId is "000000000001", must be an account of yours; set EVENKEEL_DEV_ACCOUNT_ID\n[^]*dev: certificates\.email is "platform-team@example\.com", must be a value of yours, not a placeholder; set EVENKEEL_DEV_CERTIFICATE_EMAIL/,
    );
    expect(() => refusePlaceholders(owned)).not.toThrow();
  });

  it("asks nobody while placeholders remain", async () => {
    await expect(preflight(environments.dev, runner({}), progress)).rejects.toThrow("EVENKEEL_DEV_ACCOUNT_ID");
  });

  it("is content with a shell that has everything", async () => {
    await expect(preflight(owned, runner(shell), progress)).resolves.toBeUndefined();
  });

  it("fails when the shell lacks something, and says all of it with the way to get it", async () => {
    const poor = { ...shell, "aws sts": refused("Unable to locate credentials"), "terraform version": missing };
    await expect(preflight(owned, runner(poor), progress)).rejects.toThrow(
      /^This shell is not ready:\n {2}missing: engine \(terraform\): install Terraform[^]*\n {2}missing: aws credentials: `aws sso login`/,
    );
  });

  it("fails when the credentials are of another account", async () => {
    const other = { ...shell, "aws sts": answered(JSON.stringify({ Account: "999999999999", Arn: "arn" })) };
    await expect(preflight(owned, runner(other), progress)).rejects.toThrow("use credentials of account 123456789012 (AWS_PROFILE)");
  });
});
