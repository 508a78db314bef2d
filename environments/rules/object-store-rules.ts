import type { Problem } from "../../constructs/shared/errors";
import type { AwsEnvironment, Environment, LocalEnvironment } from "../environment";
import { composedBucketsOnAws, composedBucketsOnLaptop, distinctBuckets } from "./bucket-name-rules";
import { problem, repetitions, type Rule } from "./rule";

/** Days that Glacier charges for whatever it keeps shorter (S3 user guide, "Constraints and considerations for transitions"). */
const shortestArchiveDays = 90;

/** Days in which Intelligent-Tiering moves nothing (S3 user guide, "How S3 Intelligent-Tiering works"). */
const untieredDays = 30;

/** Rules that S3 takes for the sites of one bucket (s3:PutBucketCors). */
const mostSites = 100;

type Bucket = Environment["objectStore"]["buckets"][number];

/** What happens to objects as they grow old has to be possible in that order. */
const lifecycle: Rule = {
  reads: ["objectStore.buckets"],
  check: (environment) =>
    environment.objectStore.buckets.flatMap((bucket, index) => lifecycleProblems(environment, `objectStore.buckets.${index}`, bucket)),
};

function lifecycleProblems(environment: Environment, at: string, bucket: Bucket): readonly Problem[] {
  const { archiveAfterDays: archived, expireAfterDays: expired, intelligentTiering, retentionDays: locked } = bucket;
  return [
    ...(intelligentTiering && archived !== undefined && archived < untieredDays
      ? [
          problem(
            environment,
            `${at}.archiveAfterDays`,
            archived,
            `at least ${untieredDays} where intelligentTiering is true`,
            `raise it, or leave one of them out: tiering moves nothing for ${untieredDays} days`,
          ),
        ]
      : []),
    ...(expired !== undefined && archived !== undefined && expired < archived + shortestArchiveDays
      ? [
          problem(
            environment,
            `${at}.expireAfterDays`,
            expired,
            `at least ${archived + shortestArchiveDays}, archiveAfterDays and ${shortestArchiveDays} more`,
            `raise it, or leave out archiveAfterDays: an archive charges for ${shortestArchiveDays} days`,
          ),
        ]
      : []),
    ...(expired !== undefined && locked !== undefined && expired < locked
      ? [
          problem(
            environment,
            `${at}.expireAfterDays`,
            expired,
            `at least retentionDays, which is ${locked}`,
            "raise it: what is locked cannot be deleted",
          ),
        ]
      : []),
  ];
}

const sites: Rule = {
  reads: ["objectStore.buckets"],
  check: (environment) =>
    environment.objectStore.buckets.flatMap(({ cors = [] }, index) => {
      const at = `objectStore.buckets.${index}.cors`;
      return [
        ...(cors.length > mostSites ? [problem(environment, at, cors.length, `at most ${mostSites} rules`, "merge some")] : []),
        ...cors.flatMap(({ origins, methods }, rule) => [
          ...repetitions(environment, `${at}.${rule}.origins`, origins),
          ...repetitions(environment, `${at}.${rule}.methods`, methods),
        ]),
      ];
    }),
};

/** Pages of production come by TLS; others could be changed on their way to a browser that may then use the bucket. */
const secureSites: Rule<AwsEnvironment> = {
  reads: ["name", "objectStore.buckets"],
  check: (environment) =>
    environment.name === "prod"
      ? environment.objectStore.buckets.flatMap(({ cors = [] }, bucket) =>
          cors.flatMap(({ origins }, rule) =>
            origins.flatMap((origin, index) =>
              origin.startsWith("https://")
                ? []
                : [
                    problem(
                      environment,
                      `objectStore.buckets.${bucket}.cors.${rule}.origins.${index}`,
                      origin,
                      "an origin with https:// in prod",
                      "serve the site by TLS",
                    ),
                  ],
            ),
          ),
        )
      : [],
};

/** Copies are of use when they are elsewhere, and their key has to be where they are. */
const replication: Rule<AwsEnvironment> = {
  reads: ["region", "accountId", "s3.replication"],
  check: (environment) => {
    const { replication } = environment.s3;
    if (replication === undefined) return [];
    const { accountId, keyArn, region } = replication;
    const [, , , keyRegion, keyAccount] = keyArn.split(":");
    return [
      ...(accountId === environment.accountId && region === environment.region
        ? [
            problem(
              environment,
              "s3.replication.region",
              region,
              "another region or another account than those of the buckets",
              "choose another region: copies beside the originals are lost with them",
            ),
          ]
        : []),
      ...(keyRegion === region && keyAccount === accountId
        ? []
        : [
            problem(
              environment,
              "s3.replication.keyArn",
              keyArn,
              `a key of account ${accountId} in ${region}`,
              "S3 encrypts a copy where it is kept: look the key up there",
            ),
          ]),
    ];
  },
};

/** What the buckets of every target must satisfy. */
export const objectStoreRules: readonly Rule[] = [distinctBuckets, lifecycle, sites];

/** What buckets of S3 must satisfy beside that. */
export const s3Rules: readonly Rule<AwsEnvironment>[] = [composedBucketsOnAws, secureSites, replication];

/** What buckets of MinIO must satisfy beside that. */
export const minioRules: readonly Rule<LocalEnvironment>[] = [composedBucketsOnLaptop];
