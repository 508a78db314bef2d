/** A message of an incoming webhook (Slack API, "Sending messages using incoming webhooks"), as far as it is asked for here. */
export interface SlackMessage {
  readonly channel: string;
  readonly attachments: readonly [
    {
      readonly title: string;
      readonly title_link: string;
      readonly text: string;
      readonly color: string;
      readonly actions: readonly { readonly type: string; readonly text: string; readonly url: string }[];
    },
  ];
}

/** An event of PagerDuty's Events API v2, as far as it is asked for here. */
export interface PagerdutyEvent {
  readonly routing_key: string;
  readonly event_action: string;
  readonly dedup_key: string;
  readonly payload: Readonly<Record<string, unknown>> & { readonly summary: string };
  readonly links: readonly unknown[];
}

/** What a webhook is called with (Alertmanager, "webhook_config"). */
export interface WebhookCall {
  readonly version: string;
  readonly status: string;
  readonly alerts: readonly { readonly labels: Readonly<Record<string, string>> }[];
}
