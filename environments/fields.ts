import * as ipaddr from "ipaddr.js";
import { z } from "zod";

/**
 * Message of a check: `<limit>; <fix>`. The limit follows "must be", the fix says what to change.
 * `problems.ts` puts path, field and value before it.
 */
export function must(limit: string, fix: string): { error: string } {
  return { error: `${limit}; ${fix}` };
}

/** Text on one line: printable ASCII, so that look-alike letters and trailing newlines cannot hide in a name. */
export function text(maxLength: number) {
  return z
    .string(must("text", "write it in quotes"))
    .min(1, { ...must("text that is not empty", "write what it says"), abort: true })
    .max(maxLength, { ...must(`at most ${maxLength} characters`, "shorten it"), abort: true }) // before any expression sees it
    .regex(
      /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/,
      must("printable ASCII without blanks at its ends", "retype it: a letter may be a look-alike of another alphabet"),
    );
}

/** Text of a given shape. */
export function pattern(maxLength: number, shape: RegExp, limit: string, fix: string) {
  return text(maxLength).regex(shape, must(limit, fix));
}

/** Whole number within a range, both ends included. */
export function whole(min: number, max: number, unit: string) {
  const range = must(`a whole number from ${min} to ${max} (${unit})`, "choose one within that range");
  return z.number(range).int(range).min(min, range).max(max, range);
}

/** A switch. */
export function flag() {
  return z.boolean(must("true or false", "write it without quotes"));
}

/** One of a few words. */
export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, must(`one of ${values.join(", ")}`, "choose one of them"));
}

/** IPv4 block in CIDR notation without host bits: AWS would silently rewrite 10.0.0.1/16 to 10.0.0.0/16. */
export function cidr(minPrefix: number, maxPrefix: number) {
  return text(18)
    .refine(isCidr, must("an IPv4 block such as 10.0.0.0/16", "give an address, a slash and a prefix length"))
    .refine((value) => !isCidr(value) || networkOf(value) === value, must("a block without host bits", "clear the bits behind the prefix"))
    .refine(
      (value) => {
        if (!isCidr(value)) return true;
        const prefix = prefixOf(value);
        return prefix >= minPrefix && prefix <= maxPrefix;
      },
      must(`a block from /${minPrefix} to /${maxPrefix}`, "choose a prefix length within that range"),
    );
}

function isCidr(value: string): boolean {
  const [address = "", prefix = "", ...rest] = value.split("/");
  return ipaddr.IPv4.isValidFourPartDecimal(address) && /^([12]?[0-9]|3[0-2])$/.test(prefix) && rest.length === 0;
}

function networkOf(value: string): string {
  return `${ipaddr.IPv4.networkAddressFromCIDR(value).toString()}/${prefixOf(value)}`;
}

function prefixOf(value: string): number {
  return Number(value.split("/")[1]);
}

/** Fully qualified domain name without a trailing dot. */
export function domainName() {
  return hostName().regex(/^[^A-Z]*$/, must("a domain name in lower case", "rewrite it"));
}

/** Fully qualified host name without a trailing dot; the case of letters is kept. */
export function hostName() {
  return pattern(
    253, // RFC 1035, section 2.3.4
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i,
    "a domain name with labels of 1 to 63 characters",
    "use letters, digits and hyphens between dots, without a trailing dot",
  );
}

/** Name of a Kubernetes object (RFC 1123 label). */
export function kubernetesName(maxLength: number) {
  return pattern(maxLength, /^[a-z]([a-z0-9-]*[a-z0-9])?$/, "lower-case letters, digits and inner hyphens, a letter first", "rename it");
}

/** Container image pinned by tag and digest, registry named: what runs is what was reviewed. */
export function image() {
  return pattern(
    512,
    /^[a-z0-9.-]+\.[a-z]+(:\d+)?\/[a-z0-9._/-]+:(?!latest@)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}@sha256:[0-9a-f]{64}$/,
    "an image with registry, tag (not latest) and sha256 digest",
    "write it as registry/name:tag@sha256:digest",
  );
}

/** Version of an image in the environment's own registry: a semantic one, which is its tag, or its digest. */
export function imageVersion() {
  return pattern(
    128, // limit of tags
    /^((0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?|sha256:[0-9a-f]{64})$/,
    "a semantic version such as 1.4.2, or sha256:<digest>",
    "name what was built: a tag such as latest is another image tomorrow",
  );
}

/** Port that the laptop opens; below 1024 would need root. */
export function hostPort() {
  return whole(1024, 65535, "port");
}

/** Retention that CloudWatch Logs accepts, in days (PutRetentionPolicy, AWS API reference). */
export function logRetentionDays() {
  const accepted = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
  const limit = must(`a retention of CloudWatch Logs: ${accepted.join(", ")} (days)`, "choose the next longer one");
  return z.number(limit).refine((days) => accepted.includes(days), limit);
}

/** Kubernetes labels; keys below `kubernetes.io` belong to Kubernetes and are refused by EKS, those below `evenkeel` are set here. */
export function labels() {
  return z.record(labelKey(), labelValue());
}

function labelKey() {
  return pattern(
    317, // 253 of the prefix, the slash and 63 of the name
    /^(?=[^/]{1,253}(\/|$))([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
    "at most 63 letters, digits and inner . _ -, after a prefix such as example.com/ of at most 253 or none",
    "rename it",
  ).regex(
    /^(?!([a-z0-9.-]*\.)?(kubernetes\.io|k8s\.io|eks\.amazonaws\.com|karpenter\.sh|karpenter\.k8s\.aws|evenkeel)\/)/,
    must(
      "a key outside kubernetes.io, k8s.io, eks.amazonaws.com, karpenter.sh, karpenter.k8s.aws and evenkeel",
      "rename it: those belong to the platform",
    ),
  );
}

function labelValue() {
  return pattern(
    63,
    /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
    "a label value of 1 to 63 letters, digits, dots, hyphens and underscores",
    "change the value",
  );
}

/** Kubernetes taints of a node group. */
export function taints() {
  return z.array(
    z.strictObject({
      /** Key of the taint. */
      key: labelKey(),
      /** Value of the taint. */
      value: labelValue(),
      /** What happens to pods without the toleration. */
      effect: oneOf(["NoSchedule", "PreferNoSchedule", "NoExecute"]),
    }),
  );
}

/** A time of day, `HH:MM`. */
export function timeOfDay() {
  return pattern(5, /^([01]\d|2[0-3]):[0-5]\d$/, "a time such as 07:30", "write hours and minutes");
}
