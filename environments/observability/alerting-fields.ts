import { z } from "zod";
import { hostName, kubernetesName, must, oneOf, pattern, text, timeOfDay, whole } from "../fields";

/** How bad it is: somebody is woken, somebody looks in the morning, somebody may want to know. */
export const severities = ["critical", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const receiver = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("slack"),
      channel: pattern(80, /^#[a-z0-9._-]+$/, "a channel such as #alerts", "write it in lower case, after a #"),
      /** Secret of the environment's store with the URL of the webhook, in the field `value`. */
      secret: kubernetesName(40),
    }),
    z.strictObject({
      kind: z.literal("pagerduty"),
      /** Secret of the environment's store with the integration key of Events API v2, in the field `value`. */
      secret: kubernetesName(40),
    }),
    z.strictObject({
      kind: z.literal("email"),
      to: z.array(text(254)).min(1, must("at least one address", "say who gets the mail")),
      from: text(254),
      /** Server that takes the mail, by STARTTLS. */
      server: hostName(),
      port: whole(1, 65535, "port"),
      user: text(254),
      /** Secret of the environment's store with the password of the user, in the field `value`. */
      secret: kubernetesName(40),
    }),
  ],
  must("slack, pagerduty or email", "say how somebody is told"),
);

const route = z.strictObject({
  /** Severities that are meant. */
  severities: z.array(oneOf(severities)).min(1, must("at least one severity", "say which alerts are meant")),
  /** Owners that are meant. @default everybody's */
  owners: z.array(text(63)).min(1, must("at least one owner", "leave it out to mean everybody's")).optional(),
  /** Receivers, by name. */
  to: z.array(text(40)).min(1, must("at least one receiver", "say who is told")),
});

const maintenance = z.strictObject({
  /** Days on which it takes place. */
  days: z.array(oneOf(weekdays)).min(1, must("at least one day", "say when it is")),
  /** Beginning and end, UTC, on the same day. */
  start: timeOfDay(),
  end: timeOfDay(),
  /** Owners whose alerts are silent. @default everybody's */
  owners: z.array(text(63)).min(1, must("at least one owner", "leave it out to mean everybody's")).optional(),
});

/** Who is told of what. */
export const alertingFields = z.strictObject({
  /** Where `docs/runbooks/alerts` is read, without a slash at its end: alerts link to it. */
  runbooks: pattern(
    300,
    /^https:\/\/[\w./~-]*[\w~-]$/,
    "an address that begins with https://",
    "give the folder of the runbooks on your server",
  ),
  /** Who can be told, by name. */
  receivers: z.record(kubernetesName(30), receiver),
  /** Who is told of what. Every route that an alert fits counts; one that fits none is seen in Alertmanager alone. */
  routes: z.array(route),
  /** Times at which nobody is told, by name. */
  maintenance: z.record(kubernetesName(30), maintenance),
});
