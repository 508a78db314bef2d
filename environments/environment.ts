import { z } from "zod";
import { awsFields } from "./aws-fields";
import { commonFields } from "./common-fields";
import { must } from "./fields";
import { localFields } from "./local-fields";

/** The environments of the platform, from the laptop to production. */
export const environmentNames = ["local", "dev", "staging", "prod"] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/** An environment on the laptop: Kind and what runs in it. */
const localEnvironment = z.strictObject({
  /** Name of the environment. */
  name: z.enum(environmentNames, must(`one of ${environmentNames.join(", ")}`, "choose one of them")),
  /** Where it runs. Decides which catalog builds it. */
  target: z.literal("local"),
  ...commonFields,
  ...localFields,
});

/** An environment in an AWS account. */
const awsEnvironment = z.strictObject({
  /** Name of the environment. */
  name: z.enum(environmentNames, must(`one of ${environmentNames.join(", ")}`, "choose one of them")),
  /** Where it runs. Decides which catalog builds it. */
  target: z.literal("aws"),
  ...commonFields,
  ...awsFields,
});

/** Strict schema of an environment: what it does not know, it refuses. */
export const environmentSchema = z.discriminatedUnion(
  "target",
  [localEnvironment, awsEnvironment],
  must("local or aws", "say where it runs"),
);

type Immutable<T> = T extends object ? { readonly [Key in keyof T]: Immutable<T[Key]> } : T;

export type LocalEnvironment = Immutable<z.infer<typeof localEnvironment>>;
export type AwsEnvironment = Immutable<z.infer<typeof awsEnvironment>>;
export type Environment = LocalEnvironment | AwsEnvironment;
