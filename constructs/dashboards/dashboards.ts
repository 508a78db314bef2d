import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { Construct } from "constructs";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { blanks } from "../../dashboards/blanks";
import type { Environment } from "../../environments/environment";
import { dashboardMarks } from "../monitoring/grafana-values";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { refuse } from "../shared/errors";
import { literalText } from "../shared/literal-text";
import { readDashboards, type DashboardSource } from "./dashboard-problems";

export interface DashboardsProps {
  readonly environment: Environment;
  /** Where Grafana looks for them. */
  readonly namespace: GuardedNamespace;
  /** Folder with the files. @default the committed one, `dashboards/generated` */
  readonly from?: string;
}

const project = join(__dirname, "../..");

/** Folder of Grafana that they are in. */
const folder = "Evenkeel";

/** The committed dashboards, one ConfigMap each. What makes them is not loaded here: they are read as they are. */
export class Dashboards extends Construct {
  /** Escape hatch. */
  readonly resources: readonly ConfigMapV1[];

  /** @throws ConfigurationError with every file that Grafana or Kubernetes would not take */
  constructor(scope: Construct, id: string, { environment, namespace, from = join(project, "dashboards/generated") }: DashboardsProps) {
    super(scope, id);
    const { dashboards, problems } = readDashboards(filesOf(from));
    refuse(problems);
    this.resources = dashboards.map(
      ({ content, uid }) =>
        new ConfigMapV1(this, uid, {
          metadata: {
            name: `dashboard-${uid}`,
            namespace: namespace.resource.metadata.name,
            labels: { [dashboardMarks.label]: dashboardMarks.value },
            annotations: { [dashboardMarks.folder]: folder },
          },
          data: { [`${uid}.json`]: literalText(filled(content, environment)) },
        }),
    );
  }
}

function filesOf(from: string): readonly DashboardSource[] {
  return readdirSync(from)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(from, name))
    .map((path) => ({ path: relative(project, path), text: readFileSync(path, "utf8") }));
}

/** Fills in what differs by environment. Neither value needs to be escaped in JSON: their schema takes no such character. */
function filled(content: string, { name, observability }: Environment): string {
  return content.replaceAll(blanks.environment, name).replaceAll(blanks.runbooks, observability.alerting.runbooks);
}
