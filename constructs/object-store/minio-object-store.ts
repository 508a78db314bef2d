import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { LocalEnvironment } from "../../environments/environment";
import { minioRegion, minioUrl } from "../state/minio";
import { MinioBucket } from "./minio-bucket";
import { MinioWatch } from "./minio-watch";
import { NamedBuckets } from "./named-buckets";
import type { BucketIntent, IObjectStore, ObjectStoreProps } from "./object-store";

export interface MinioObjectStoreProps extends ObjectStoreProps {
  readonly environment: LocalEnvironment;
}

/** Buckets on the server of the state store. */
export class MinioObjectStore extends Construct implements IObjectStore {
  readonly endpoint = minioUrl;
  readonly region = minioRegion;
  private readonly buckets = new NamedBuckets<MinioBucket>(this);
  private readonly props: MinioObjectStoreProps;

  constructor(scope: Construct, id: string, props: MinioObjectStoreProps) {
    super(scope, id);
    this.props = props;
    for (const intent of props.buckets) this.createBucket(this, `Bucket-${intent.name}`, intent);
    const { environment, purpose = "objects", setting } = props;
    // One server has all buckets: it is measured once.
    if (environment.monitoring && purpose === "objects") new MinioWatch(this, "Watch", { environment, setting });
  }

  get installed(): readonly ITerraformDependable[] {
    return this.buckets.all().flatMap(({ installed }) => installed);
  }

  bucket(name: string): MinioBucket {
    return this.buckets.get(name);
  }

  createBucket(scope: Construct, id: string, intent: BucketIntent): MinioBucket {
    const { environment, setting } = this.props;
    return this.buckets.add(intent.name, () => new MinioBucket(scope, id, { environment, setting, intent }));
  }
}
