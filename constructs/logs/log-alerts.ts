import type { LogAlert } from "./log-alert";

/** Lines of the teams' workloads: those of the platform speak of errors in queries and rules, too. */
const lines = '{tier="application"}';

/** Those that say of themselves, or by how they look, that something failed. Loki tells the level of every line (its documentation, "Log level detection"). */
const errors = `${lines} | detected_level=~"error|critical|fatal"`;

/** Lines in a second, by workload. */
const rate = (of: string) => `sum by (namespace, workload) (rate(${of} [10m]))`;

/** How programs say that they cannot go on: Go, Python, the JVM, Node.js, C. */
const lastWords = "panic: |fatal error: |out of memory|outofmemoryerror|segmentation fault";

/** What is told of lines of logs, the same in every environment. */
export const logAlerts: readonly LogAlert[] = [
  {
    name: "ErrorLogsSurge",
    // One in ten seconds: below that a fifth is chance.
    expression: `${rate(errors)} > 0.1 and ${rate(errors)} / ${rate(lines)} > 0.2`,
    forMinutes: 10,
    severity: "warning",
    summary: "{{ $labels.namespace }}/{{ $labels.workload }} logs mostly errors",
    description: 'More than a fifth of its lines are errors: {{ $value | printf "%.1f" }} in a second.',
  },
  {
    name: "LogsPanic",
    expression: `sum by (namespace, workload, container) (count_over_time(${lines} |~ \`(?i)(${lastWords})\` [5m])) > 0`,
    forMinutes: 0,
    severity: "warning",
    summary: "{{ $labels.namespace }}/{{ $labels.workload }} could not go on",
    description: '{{ $value | printf "%.0f" }} lines of {{ $labels.container }} in 5 minutes are the last words of a program.',
  },
];
