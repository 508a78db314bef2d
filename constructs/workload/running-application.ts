import { Construct } from "constructs";
import { serves, type Application } from "../../applications/application";
import { ApplicationAccess } from "../access/application-access";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { ApplicationMonitoring } from "../objectives/application-monitoring";
import type { MigrationJob } from "./migration-job";
import { inOrder } from "./migration-order";
import { Workload } from "./workload";
import type { ApplicationSecrets } from "./workload-secrets";
import type { WorkloadSetting } from "./workload-setting";

export interface RunningApplicationProps {
  readonly setting: WorkloadSetting;
  readonly application: Application;
}

/** An application in its namespace: its secrets, its migrations, its workloads, and who looks after it. */
export class RunningApplication extends Construct {
  readonly namespace: GuardedNamespace;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RunningApplicationProps,
  ) {
    super(scope, id);
    const { application, setting } = props;
    const { environment } = setting.setting;
    const labels = setting.ingress.namespaceLabels;
    this.namespace = new GuardedNamespace(this, "Namespace", { environment, name: application.name, labels });
    const secrets = this.secrets();
    const workloads = Object.fromEntries(
      Object.entries(application.workloads).map(([name, intent]) => {
        const shared = { setting, namespace: this.namespace, application: application.name, secrets };
        return [name, new Workload(this, name, { ...shared, name, intent })];
      }),
    );
    const migrations = this.migrate(workloads);
    const running = Object.values(workloads).map((workload) => workload.run(migrations));
    new ApplicationAccess(this, "Access", { namespace: this.namespace, access: application.access });
    if (environment.monitoring) new ApplicationMonitoring(this, "Monitoring", { setting, application, namespace: this.namespace, running });
  }

  private secrets(): ApplicationSecrets {
    const { application, setting } = this.props;
    const { secretStore } = setting;
    return Object.fromEntries(
      Object.entries(application.secrets).map(([name, { from }]) => {
        const inStore = `${application.name}-${name}`;
        return [
          name,
          from === "generated" ? secretStore.generate(this, `Secret-${name}`, inStore) : secretStore.reference(inStore, "value"),
        ];
      }),
    );
  }

  /** All migrations of the application; each waits for those that it names. */
  private migrate(workloads: Readonly<Record<string, Workload>>): readonly MigrationJob[] {
    const declared = Object.entries(this.props.application.workloads).flatMap(([workload, intent]) =>
      (serves(intent) ? (intent.migrations ?? []) : []).map(({ name, after = [] }) => ({
        id: `${workload}/${name}`,
        workload,
        name,
        after,
      })),
    );
    const jobs = new Map<string, MigrationJob>();
    for (const { id, workload, name, after } of inOrder(declared)) {
      const before = after.flatMap((other) => jobs.get(other) ?? []);
      const job = workloads[workload]?.migrate(name, before);
      if (job) jobs.set(id, job);
    }
    return [...jobs.values()];
  }
}
