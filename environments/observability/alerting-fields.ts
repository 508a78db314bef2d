import { z } from "zod";
import { hostName, kubernetesName, must, oneOf, pattern, text, timeOfDay, whole } from "../fields";

/** How bad it is, the worst first: somebody is woken, somebody looks in the morning, somebody may want to know. */
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
      secret: secretName(),
    }),
    z.strictObject({
      kind: z.literal("pagerduty"),
      /** Secret of the environment's store with the integration key of Events API v2, in the field `value`. */
      secret: secretName(),
    }),
    z.strictObject({
      kind: z.literal("email"),
      to: z.array(address()).min(1, must("at least one address", "say who gets the mail")),
      from: address(),
      /** Server on the internet that takes the mail, by STARTTLS; at port 465 by TLS from the start. */
      server: hostName(),
      port: whole(1, 65535, "port"),
      user: text(254),
      /** Secret of the environment's store with the password of the user, in the field `value`. */
      secret: secretName(),
    }),
    z.strictObject({
      /**
       * A service outside, such as Dead Man's Snitch, that is told every five minutes that alerts get through, and tells somebody when it
       * hears nothing. No route names it.
       */
      kind: z.literal("heartbeat"),
      /** Secret of the environment's store with the URL that is called, in the field `value`. */
      secret: secretName(),
    }),
  ],
  must("slack, pagerduty, email or heartbeat", "say how somebody is told"),
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
  /** Severities that are silent. @default all of them */
  severities: z.array(oneOf(severities)).min(1, must("at least one severity", "leave it out to mean all of them")).optional(),
  /** Owners whose alerts are silent. @default everybody's */
  owners: z.array(text(63)).min(1, must("at least one owner", "leave it out to mean everybody's")).optional(),
});

function secretName() {
  return kubernetesName(30); // its copy beside Alertmanager is a release of its own, which is called a little longer
}

function address() {
  return pattern(
    254, // RFC 5321, section 4.5.3.1.3, without the brackets
    /^[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
    "an address such as team@example.com",
    "write it without a name and without brackets",
  );
}

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
  /** Times at which nobody is told, by name. What still is wrong when one ends is told then. */
  maintenance: z.record(kubernetesName(30), maintenance),
});
