import type { BucketIntent } from "./object-store";

/** A rule of CORS, as S3 has it. */
export interface CorsRule {
  readonly allowedOrigins: string[];
  readonly allowedMethods: string[];
  readonly allowedHeaders: string[];
  readonly exposeHeaders: string[];
  readonly maxAgeSeconds: number;
}

/** Rules of a bucket. Pages may send any header, as SDKs do, and see the ETag, which uploads in parts need. */
export function corsRules({ cors = [] }: BucketIntent): readonly CorsRule[] {
  return cors.map(({ origins, methods }) => ({
    allowedOrigins: [...origins],
    allowedMethods: [...methods],
    allowedHeaders: ["*"],
    exposeHeaders: ["ETag"],
    maxAgeSeconds: 3600, // how long a browser trusts the answer
  }));
}

/** The same as XML, for who sends it to the S3 API. Origins and methods have no characters that XML knows (environments/data-fields.ts). */
export function corsXml(rules: readonly CorsRule[]): string {
  const elements = (name: string, values: readonly (string | number)[]) => values.map((value) => `<${name}>${value}</${name}>`).join("");
  const rule = ({ allowedOrigins, allowedMethods, allowedHeaders, exposeHeaders, maxAgeSeconds }: CorsRule) =>
    [
      elements("AllowedOrigin", allowedOrigins),
      elements("AllowedMethod", allowedMethods),
      elements("AllowedHeader", allowedHeaders),
      elements("ExposeHeader", exposeHeaders),
      elements("MaxAgeSeconds", [maxAgeSeconds]),
    ].join("");
  return `<CORSConfiguration>${elements("CORSRule", rules.map(rule))}</CORSConfiguration>`;
}
