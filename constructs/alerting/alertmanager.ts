/** Configuration of Alertmanager, as far as it is used here (prometheus.io, "Alerting: configuration"). */
export interface AlertmanagerConfiguration {
  readonly global: { readonly resolve_timeout: string };
  readonly route: Route;
  readonly inhibit_rules: readonly InhibitRule[];
  readonly receivers: readonly ReceiverConfiguration[];
  readonly time_intervals: readonly TimeInterval[];
  readonly templates: readonly string[];
}

/** Where alerts go that fit all matchers. What is not given is as in the route above. */
export interface Route {
  readonly receiver?: string;
  readonly matchers?: readonly string[];
  /** Whether routes that follow are asked as well. */
  readonly continue?: boolean;
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  /** Not handed down to routes below. */
  readonly mute_time_intervals?: readonly string[];
  readonly routes?: readonly Route[];
}

/** Alerts that fit the target are silent while one fires that fits the source and has the same values of the labels in `equal`. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

/** Times by their name, in UTC. */
export interface TimeInterval {
  readonly name: string;
  readonly time_intervals: readonly {
    readonly weekdays: readonly string[];
    readonly times: readonly { readonly start_time: string; readonly end_time: string }[];
  }[];
}

/** Who is told, under a name. Without any configuration nobody is. */
export interface ReceiverConfiguration {
  readonly name: string;
  readonly slack_configs?: readonly SlackConfiguration[];
  readonly pagerduty_configs?: readonly PagerdutyConfiguration[];
  readonly email_configs?: readonly EmailConfiguration[];
  readonly webhook_configs?: readonly WebhookConfiguration[];
}

/** A message of an incoming webhook. */
export interface SlackConfiguration {
  readonly send_resolved: boolean;
  readonly api_url_file: string;
  readonly channel: string;
  readonly color: string;
  readonly fallback: string;
  readonly title: string;
  readonly title_link: string;
  readonly text: string;
  readonly actions: readonly { readonly type: "button"; readonly text: string; readonly url: string }[];
}

/** An event of Events API v2. The key of the group makes it one incident. */
export interface PagerdutyConfiguration {
  readonly send_resolved: boolean;
  readonly routing_key_file: string;
  readonly client: string;
  readonly client_url: string;
  readonly severity: string;
  readonly description: string;
  readonly class: string;
  readonly component: string;
  readonly group: string;
  readonly details: Readonly<Record<string, string>>;
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

/** A mail. */
export interface EmailConfiguration {
  readonly send_resolved: boolean;
  readonly to: string;
  readonly from: string;
  readonly smarthost: string;
  readonly auth_username: string;
  readonly auth_password_file: string;
  readonly require_tls: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
  readonly text: string;
}

/** A call of a URL. */
export interface WebhookConfiguration {
  readonly send_resolved: boolean;
  readonly url_file: string;
}
