import { PriorityClassV1 } from "@cdktf/provider-kubernetes/lib/priority-class-v1";
import { Construct } from "constructs";
import type { WorkloadIntent } from "../../applications/application";

type Priority = NonNullable<WorkloadIntent["priority"]>;

/** Classes of the cluster for the teams' pods. What has none has 0; Kubernetes' own begin at 2,000,000,000. */
export class PriorityClasses extends Construct {
  private readonly classes: Readonly<Record<Exclude<Priority, "normal">, PriorityClassV1>>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.classes = {
      high: this.create("High", "workload-high", 1000, "What has to run when little else can."),
      low: this.create("Low", "workload-low", -1000, "What may wait, and gives way."),
    };
  }

  /** The class of a priority; none for what is normal. */
  of(priority: Priority = "normal"): PriorityClassV1 | undefined {
    return priority === "normal" ? undefined : this.classes[priority];
  }

  private create(id: string, name: string, value: number, description: string): PriorityClassV1 {
    return new PriorityClassV1(this, id, { metadata: { name }, value, description });
  }
}
