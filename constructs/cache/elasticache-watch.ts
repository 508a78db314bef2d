import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { SignalRules } from "../monitoring/signal-rules";
import { elasticacheSignals, type ElastiCacheSignalsProps } from "./elasticache-signals";
import { RedisExporter, type RedisExporterProps } from "./redis-exporter";

export interface ElastiCacheWatchProps extends RedisExporterProps, ElastiCacheSignalsProps {
  readonly environment: AwsEnvironment;
}

/** Signals of a cache on ElastiCache in Prometheus, and alerts on them. Alarms of CloudWatch stay beside: they go on when the cluster does not. */
export class ElastiCacheWatch extends Construct {
  constructor(scope: Construct, id: string, props: ElastiCacheWatchProps) {
    super(scope, id);
    const { environment, name, namespace } = props;
    const exporter = new RedisExporter(this, "Exporter", props);
    new SignalRules(this, "Rules", {
      ...{ environment, name, namespace, subject: "cache" },
      expressions: elasticacheSignals(this, props),
      requires: [{ installed: namespace.guards }, exporter], // before there is a cache nobody is to be woken
    });
  }
}
