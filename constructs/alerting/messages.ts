/** Most alerts of a group that are told one by one. */
const mostTold = 10;

/** One line: how bad, what, where, and how many. `environment` is the name of the environment. */
export function titleOf(environment: string): string {
  const state = '{{ if eq .Status "firing" }}{{ .CommonLabels.severity }}{{ else }}resolved{{ end }}';
  const subject = "{{ .GroupLabels.alertname }}{{ with .GroupLabels.workload }} of {{ . }}{{ end }}";
  const count = '{{ if and (eq .Status "firing") (gt (len .Alerts.Firing) 1) }} ({{ len .Alerts.Firing }}){{ end }}';
  return `[${environment}] ${state}: ${subject}${count}`;
}

/** The alerts of a group: what is wrong, what it means, and whose it is. */
export const alertsText = [
  `{{ range $number, $alert := .Alerts }}{{ if lt $number ${mostTold} }}`,
  '{{ if eq .Status "resolved" }}Resolved: {{ end }}{{ .Annotations.summary }}\n',
  "{{ with .Annotations.description }}{{ . }}\n{{ end }}",
  '{{ with .Labels.owner }}Owner {{ . }}, {{ end }}since {{ .StartsAt.UTC.Format "2006-01-02 15:04" }} UTC\n\n',
  `{{ end }}{{ end }}{{ if gt (len .Alerts) ${mostTold} }}and others: {{ len .Alerts }} in all\n{{ end }}`,
].join("");

/** Somewhere that whoever is told wants to go. */
interface Link {
  readonly text: string;
  readonly url: string;
}

/** What to do, and how not to be told for a while. Only they are always there. */
export const runbookLink: Link = { text: "Runbook", url: "{{ .CommonAnnotations.runbook_url }}" };
export const silenceLink: Link = { text: "Silence", url: `{{ .ExternalURL }}/#/silences/new?filter=${silenced()}` };

/** Where it is seen how it came to this: the dashboard that the alert names, else the expression in Prometheus. */
export const graphLink: Link = {
  text: "Graph",
  url: "{{ with .CommonAnnotations.dashboard_url }}{{ . }}{{ else }}{{ with index .Alerts 0 }}{{ .GeneratorURL }}{{ end }}{{ end }}",
};

/** The links as lines of text. */
export const linksText = [runbookLink, graphLink, silenceLink].map(({ text, url }) => `${text}: ${url}\n`).join("");

/** Matchers of the group, as part of a URL. */
function silenced(): string {
  const pair = (label: string, value: string) => `${label}%3D%22${value}%22`;
  const optional = (label: string) => `{{ with .GroupLabels.${label} }}%2C${pair(label, "{{ . | urlquery }}")}{{ end }}`;
  return `%7B${pair("alertname", "{{ .GroupLabels.alertname }}")}${optional("namespace")}${optional("workload")}%7D`;
}
