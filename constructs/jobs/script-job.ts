import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { Lazy, type ITerraformDependable, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import { digest } from "../shared/naming";
import { requireName } from "../shared/kubernetes-names";
import { scriptFiles, scriptPod, type ScriptProps } from "./script-pod";

export interface ScriptJobProps extends ScriptProps {
  /** By its name, known when the job is created. */
  readonly namespace: string;
  readonly dependsOn: readonly ITerraformDependable[];
  /** What the job has to run again for when it is made anew. @default nothing */
  readonly repeatedFor?: readonly TerraformResource[];
  /** How long it may take, in seconds. @default 300 */
  readonly timeoutSeconds?: number;
}

/** A script that runs once for each content, and has to succeed. It stays when it is done: a job that cleans itself up comes back with every plan. */
export class ScriptJob extends Construct implements Installed {
  /** Escape hatch. */
  readonly resource: JobV1;
  readonly installed: readonly ITerraformDependable[];

  /** @throws ConfigurationError when the name is too long */
  constructor(scope: Construct, id: string, props: ScriptJobProps) {
    super(scope, id);
    const { namespace, timeoutSeconds = 300 } = props;
    const name = requireName(this, "name", props.name, "job");
    const data = scriptFiles(props);
    const setup = new ConfigMapV1(this, "Script", { metadata: { name, namespace }, data: { ...data } });
    // A job runs once: what it does has to be part of its name, or a change would never be carried out.
    const content = Lazy.stringValue({
      produce: ({ resolve }) => `${name}-${digest(JSON.stringify(resolve([data, props.variables, props.image])))}`,
    });
    this.resource = new JobV1(this, "Resource", {
      metadata: { name: content, namespace },
      waitForCompletion: true,
      timeouts: { create: `${timeoutSeconds}s` },
      spec: {
        backoffLimit: 5,
        template: { metadata: { labels: { app: name } }, spec: scriptPod(props, setup.metadata.name) },
      },
      dependsOn: [...props.dependsOn],
      ...(props.repeatedFor ? { lifecycle: { replaceTriggeredBy: props.repeatedFor.map(address) } } : {}),
    });
    this.installed = [this.resource];
  }
}

/** Terraform takes a plain address there, and cdktf would write a reference. */
function address({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
