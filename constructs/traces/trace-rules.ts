import type { RuleGroup } from "../monitoring/alert";

const collector = '{job="opentelemetry-collector"}';

/** The way of traces: the collector, and Tempo. Metrics that workloads send go the same way, up to the collector. */
export const traceRules: RuleGroup = {
  name: "traces",
  alerts: [
    {
      name: "CollectorDown",
      expression: `absent(up${collector} == 1)`,
      forMinutes: 10,
      severity: "warning",
      summary: "Nobody takes traces and metrics of instrumented workloads in",
      description: "The collector does not answer. What workloads send is lost; their requests are not held up.",
    },
    {
      name: "TracesRefused",
      expression: `sum by (transport) (rate(otelcol_receiver_refused_spans${collector}[5m])) > 0`,
      forMinutes: 10,
      severity: "warning",
      summary: "The collector refuses spans that come by {{ $labels.transport }}",
      description:
        'It refuses {{ $value | printf "%.1f" }} spans a second, as its memory is used up. SDKs try again, and give up after a while.',
    },
    {
      name: "TracesForgotten",
      expression: `sum(rate(otelcol_processor_tail_sampling_sampling_trace_dropped_too_early${collector}[5m])) > 0`,
      forMinutes: 15,
      severity: "warning",
      summary: "The collector forgets traces before it has decided about them",
      description:
        'More new traces come than it may keep in mind: {{ $value | printf "%.1f" }} a second are lost, those with errors and slow ones among them.',
    },
    {
      name: "CollectorExportFailing",
      expression:
        `sum by (exporter) (rate(otelcol_exporter_send_failed_spans${collector}[5m])) > 0 or ` +
        `sum by (exporter) (rate(otelcol_exporter_send_failed_metric_points${collector}[5m])) > 0`,
      forMinutes: 10,
      severity: "warning",
      summary: "The collector cannot hand over to {{ $labels.exporter }}",
      description: '{{ $value | printf "%.1f" }} spans or points a second are lost, after they were tried again.',
    },
    {
      name: "TempoDown",
      expression: 'absent(up{job="tempo"} == 1)',
      forMinutes: 10,
      severity: "warning",
      summary: "Traces can be neither kept nor looked at",
      description: "Tempo does not answer. The collector holds for some minutes what it cannot hand over, and drops it then.",
    },
    {
      name: "TempoFlushFailing",
      // More than two in an hour: Tempo's mixin. A single one is tried again.
      expression:
        'sum(increase(tempo_ingester_failed_flushes_total{job="tempo"}[1h])) > 2 and sum(increase(tempo_ingester_failed_flushes_total{job="tempo"}[5m])) > 0',
      forMinutes: 5,
      severity: "warning",
      summary: "Tempo cannot write to the object store",
      description: '{{ $value | printf "%.0f" }} writes failed in an hour. What is not written stays on its volume, until that is full.',
    },
    {
      name: "TempoDiscardsSpans",
      expression: 'sum by (reason) (rate(tempo_discarded_spans_total{job="tempo"}[5m])) > 0',
      forMinutes: 15,
      severity: "info",
      summary: "Tempo discards spans: {{ $labels.reason }}",
      description: '{{ $value | printf "%.1f" }} spans a second are over one of its limits. Traces have gaps.',
    },
  ],
};
