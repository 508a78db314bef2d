import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { Lazy, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ServingIntent } from "../../applications/application";
import { installedBeside, type Installed } from "../addons/installed";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { requireName } from "../shared/kubernetes-names";
import { literalText } from "../shared/literal-text";
import { digest } from "../shared/naming";
import { podTemplate, type PodParts } from "./workload-pod";

export interface MigrationJobProps {
  /** With the image that it runs. */
  readonly parts: PodParts;
  readonly namespace: GuardedNamespace;
  readonly migration: NonNullable<ServingIntent["migrations"]>[number];
  /** What has to have ended before. */
  readonly after: readonly Installed[];
}

/** Attempts of a migration, and how long it may take where it does not say, in seconds. */
const attempts = 3;
const defaultTimeoutSeconds = 600;

/**
 * What has to be done before the pods of a release start: once for each image and command. It stays when it is done, as the record of it.
 * A release that is gone back to does not undo it.
 */
export class MigrationJob extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch. */
  readonly resource: JobV1;

  /** @throws ConfigurationError when the names of workload and migration are too long together */
  constructor(scope: Construct, id: string, { after, migration, namespace, parts }: MigrationJobProps) {
    super(scope, id);
    const { command, name: migrationName, timeoutSeconds = defaultTimeoutSeconds } = migration;
    const name = requireName(this, "name", `${parts.place.workload}-${migrationName}`, "job");
    namespace.expect([{ replicas: 1, resources: parts.resources }]);
    // A job runs once: what it does has to be part of its name, or a change would never be carried out.
    const content = Lazy.stringValue({ produce: ({ resolve }) => `${name}-${digest(JSON.stringify(resolve([parts.image, command])))}` });
    this.resource = new JobV1(this, "Resource", {
      metadata: { name: content, namespace: namespace.resource.metadata.name },
      waitForCompletion: true,
      // The job gives up first, and says why.
      timeouts: { create: `${timeoutSeconds + 60}s` },
      spec: {
        backoffLimit: attempts - 1,
        activeDeadlineSeconds: timeoutSeconds,
        template: podTemplate(parts, { role: "migration", command: command.map(literalText) }),
      },
      dependsOn: [...parts.requires, ...installedBeside(this, after)],
      // A change of variables alone is no reason to migrate again, and Kubernetes changes no job.
      lifecycle: { ignoreChanges: ["spec"] },
    });
    this.installed = [this.resource];
  }
}
