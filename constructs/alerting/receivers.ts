import type { Environment } from "../../environments/environment";
import { nobody, type Receiver } from "./alerting";
import type { ReceiverConfiguration } from "./alertmanager";
import { alertsText, graphLink, linksText, runbookLink, silenceLink, titleOf } from "./messages";

/** Folder in Alertmanager's container with the secrets of the receivers, each a file of the secret's name. */
export const secretsFolder = "/etc/alertmanager/receivers";

/** Everybody who can be told, and nobody. */
export function receiverConfigurations({ name: environment, observability: { alerting } }: Environment): readonly ReceiverConfiguration[] {
  const receivers = Object.entries(alerting.receivers).map(([name, receiver]) => ({ name, ...integrationOf(receiver, environment) }));
  return [{ name: nobody }, ...receivers];
}

function integrationOf(receiver: Receiver, environment: string): Omit<ReceiverConfiguration, "name"> {
  const secretFile = `${secretsFolder}/${receiver.secret}`;
  const title = titleOf(environment);
  switch (receiver.kind) {
    case "slack":
      return {
        slack_configs: [
          {
            send_resolved: true,
            api_url_file: secretFile,
            channel: receiver.channel,
            color: '{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}',
            fallback: title,
            title,
            title_link: runbookLink.url,
            text: alertsText,
            actions: [runbookLink, graphLink, silenceLink].map((link) => ({ type: "button", ...link })),
          },
        ],
      };
    case "pagerduty":
      return {
        pagerduty_configs: [
          {
            send_resolved: true,
            routing_key_file: secretFile,
            client: `Alertmanager of ${environment}`,
            client_url: "{{ .ExternalURL }}",
            severity: "{{ .CommonLabels.severity }}", // ours are three of PagerDuty's four; there is no error here
            description: title,
            class: "{{ .GroupLabels.alertname }}",
            component: "{{ .GroupLabels.workload }}",
            group: environment,
            details: {
              environment,
              owner: "{{ .CommonLabels.owner }}",
              alerts: alertsText,
              runbook: runbookLink.url,
              graph: graphLink.url,
              silence: silenceLink.url,
            },
            links: [runbookLink, graphLink, silenceLink].map(({ text, url }) => ({ href: url, text })),
          },
        ],
      };
    case "email":
      return {
        email_configs: [
          {
            send_resolved: true,
            to: receiver.to.join(", "),
            from: receiver.from,
            smarthost: `${receiver.server}:${receiver.port}`,
            auth_username: receiver.user,
            auth_password_file: secretFile,
            require_tls: true,
            headers: { Subject: title },
            html: "", // else Alertmanager's own page, with other links
            text: `${alertsText}${linksText}`,
          },
        ],
      };
    case "heartbeat":
      // Resolved means that nothing beats any more: that must not be taken for a beat.
      return { webhook_configs: [{ send_resolved: false, url_file: secretFile }] };
  }
}
