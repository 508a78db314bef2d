import type { CustomResource } from "../addons/manifests";
import type { PodResources } from "../shared/pod-resources";

/** Where the plugin for Barman keeps backups and the write-ahead log. */
export interface BarmanObjectStore extends CustomResource {
  readonly apiVersion: "barmancloud.cnpg.io/v1";
  readonly kind: "ObjectStore";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    readonly configuration: {
      /** `s3://<bucket>/` */
      readonly destinationPath: string;
      readonly endpointURL: string;
      readonly s3Credentials: S3Keys | { readonly inheritFromIAMRole: true };
      readonly data: { readonly compression: "gzip" };
      readonly wal: { readonly compression: "gzip" };
    };
    /** How long a point in time can be gone back to, e.g. `30d`. What no such point needs any more is deleted. */
    readonly retentionPolicy: string;
    /** The container beside each instance. */
    readonly instanceSidecarConfiguration: {
      readonly env: readonly { readonly name: string; readonly value: string }[];
      readonly resources: PodResources;
    };
  };
}

/** Keys of S3 in a Secret beside it. */
interface S3Keys {
  readonly accessKeyId: SecretKey;
  readonly secretAccessKey: SecretKey;
}

interface SecretKey {
  readonly name: string;
  readonly key: string;
}
