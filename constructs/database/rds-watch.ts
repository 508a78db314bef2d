import { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import { SignalRules } from "../monitoring/signal-rules";
import { PostgresExporter, type PostgresExporterProps } from "./postgres-exporter";
import { rdsSignals, type RdsSignalsProps } from "./rds-signals";

export interface RdsWatchProps extends PostgresExporterProps, RdsSignalsProps {
  /** What makes the user that reads statistics. */
  readonly requires: readonly Installed[];
}

/** Signals of a database on RDS in Prometheus, and alerts on them. Alarms of CloudWatch stay beside: they go on when the cluster does not. */
export class RdsWatch extends Construct {
  constructor(scope: Construct, id: string, props: RdsWatchProps) {
    super(scope, id);
    const { environment, name, namespace } = props;
    const exporter = new PostgresExporter(this, "Exporter", props);
    new SignalRules(this, "Rules", {
      ...{ environment, name, namespace, subject: "database" },
      expressions: rdsSignals(this, props),
      requires: [{ installed: namespace.guards }, exporter], // before there is a database nobody is to be woken
    });
  }
}
