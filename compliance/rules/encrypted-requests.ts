import { blocksOf, isBlock, resourcesOf, type Rule } from "./rule";

/** checkov looks for access by plain HTTP in lists of access, which no bucket here has. */
export const encryptedRequests: Rule = {
  demands: "buckets refuse plain HTTP, for themselves and their objects",
  problems: (stacks) =>
    Object.entries(stacks).flatMap(([stack, json]) => {
      const own = resourcesOf({ [stack]: json });
      const policies = own.filter(({ type }) => type === "aws_s3_bucket_policy");
      return own
        .filter(({ type }) => type === "aws_s3_bucket")
        .filter(
          ({ address }) => !policies.some(({ values: { bucket, policy } }) => refuses(address.replace(`${stack}: `, ""), bucket, policy)),
        )
        .map(({ address }) => `${address}: no policy of its own denies s3:* without TLS on the bucket and its objects`);
    }),
};

function refuses(address: string, bucket: unknown, policy: unknown): boolean {
  if (!String(bucket).startsWith(`\${${address}.`) || typeof policy !== "string") return false;
  const { Statement } = JSON.parse(policy) as { readonly Statement?: unknown };
  return blocksOf(Statement).some(({ Action, Condition, Effect, Principal, Resource }) => {
    const transport = isBlock(Condition) && isBlock(Condition.Bool) ? Condition.Bool["aws:SecureTransport"] : undefined;
    const resources = Array.isArray(Resource) ? Resource : [Resource];
    const arn = `\${${address}.arn}`;
    return (
      Effect === "Deny" &&
      Principal === "*" &&
      Action === "s3:*" &&
      String(transport) === "false" &&
      Object.keys(Condition as object).length === 1 && // another condition would narrow it
      [arn, `${arn}/*`].every((one) => resources.includes(one))
    );
  });
}
