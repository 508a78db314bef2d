import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import { SecretCopy } from "../secrets/secret-copy";
import { fingerprintsOf } from "../secrets/secret-store";
import { literalTexts } from "../shared/literal-text";
import { secretOf, type WorkloadSecretsProps } from "./workload-secrets";

/** A volume of a pod, and where containers find it. */
export interface PodVolume {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  /** What it is, in the shape of the provider; none for what a stateful set claims. */
  readonly source?: object;
}

/** The volumes of a workload: the ConfigMaps and Secrets that are mounted, and room of its own. */
export class WorkloadFiles extends Construct implements Installed {
  readonly volumes: readonly PodVolume[];
  /** ConfigMaps whose contents the pods depend on. */
  readonly configMaps: readonly ConfigMapV1[];
  /** Others once a secret that was made up here is another. */
  readonly fingerprints: readonly string[];
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { intent, name: workload, namespace, secrets, store }: WorkloadSecretsProps) {
    super(scope, id);
    const configMaps: ConfigMapV1[] = [];
    const copies: SecretCopy[] = [];
    const fingerprints: string[] = [];
    this.volumes = (intent.volumes ?? []).map(({ name, mountPath, content }) => {
      const object = `${workload}-${name}-volume`;
      switch (content.kind) {
        case "scratch":
          return { name, mountPath, readOnly: false, source: { emptyDir: { sizeLimit: `${content.mib}Mi` } } };
        case "files": {
          const metadata = { name: object, namespace: namespace.resource.metadata.name };
          configMaps.push(new ConfigMapV1(this, name, { metadata, data: literalTexts(content.files) }));
          return { name, mountPath, readOnly: true, source: { configMap: { name: object } } };
        }
        case "secret": {
          const secret = secretOf(this, secrets, content.secret);
          copies.push(new SecretCopy(this, name, { store, namespace, name: object, data: { [content.file]: secret } }));
          fingerprints.push(...fingerprintsOf([secret]));
          return { name, mountPath, readOnly: true, source: { secret: { secretName: object } } };
        }
        case "persistent":
          return { name, mountPath, readOnly: false };
      }
    });
    this.configMaps = configMaps;
    this.fingerprints = fingerprints;
    this.installed = [...configMaps, ...copies.flatMap(({ installed }) => installed)];
  }
}
