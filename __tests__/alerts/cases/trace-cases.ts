import type { AlertCases } from "../alert-case";

const collector = 'job="opentelemetry-collector",namespace="monitoring",pod="otel-collector-0"';
const tempo = 'job="tempo",namespace="monitoring",pod="tempo-0"';

/** Traces on their way to Tempo. */
export const traceCases: AlertCases = {
  CollectorDown: {
    fires: { series: { [`up{${collector}}`]: "0x30" }, after: "15m" },
    quiet: { series: { [`up{${collector}}`]: "1x30" }, after: "15m" },
  },
  TracesRefused: {
    fires: {
      series: { [`otelcol_receiver_refused_spans{${collector},receiver="otlp",transport="http"}`]: "0+60x30" },
      after: "20m",
      labels: { transport: "http" },
    },
    quiet: { series: { [`otelcol_receiver_refused_spans{${collector},receiver="otlp",transport="http"}`]: "0+60x5 300x25" }, after: "25m" },
  },
  TracesForgotten: {
    fires: {
      series: { [`otelcol_processor_tail_sampling_sampling_trace_dropped_too_early{${collector}}`]: "0+6x40" },
      after: "30m",
    },
    quiet: { series: { [`otelcol_processor_tail_sampling_sampling_trace_dropped_too_early{${collector}}`]: "5x40" }, after: "30m" },
  },
  CollectorExportFailing: {
    fires: {
      series: {
        [`otelcol_exporter_send_failed_spans{${collector},exporter="otlp_grpc/traces"}`]: "0x30",
        [`otelcol_exporter_send_failed_metric_points{${collector},exporter="otlp_http/metrics-0"}`]: "0+60x30",
      },
      after: "20m",
      labels: { exporter: "otlp_http/metrics-0" },
    },
    quiet: {
      series: {
        [`otelcol_exporter_send_failed_spans{${collector},exporter="otlp_grpc/traces"}`]: "7x30",
        [`otelcol_exporter_send_failed_metric_points{${collector},exporter="otlp_http/metrics-0"}`]: "7x30",
      },
      after: "20m",
    },
  },
  TempoDown: {
    fires: { series: { [`up{${tempo}}`]: "1x5 stale" }, after: "25m" },
    quiet: { series: { [`up{${tempo}}`]: "1x30" }, after: "25m" },
  },
  TempoFlushFailing: {
    fires: { series: { [`tempo_ingester_failed_flushes_total{${tempo}}`]: "0+1x60" }, after: "40m" },
    quiet: { series: { [`tempo_ingester_failed_flushes_total{${tempo}}`]: "0x10 1x50" }, after: "40m" },
  },
  TempoDiscardsSpans: {
    fires: {
      series: { [`tempo_discarded_spans_total{${tempo},reason="trace_too_large",tenant="single-tenant"}`]: "0+30x40" },
      after: "30m",
      labels: { reason: "trace_too_large" },
    },
    quiet: { series: { [`tempo_discarded_spans_total{${tempo},reason="trace_too_large",tenant="single-tenant"}`]: "3x40" }, after: "30m" },
  },
};
