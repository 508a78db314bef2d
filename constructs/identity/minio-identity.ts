import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Password } from "@cdktf/provider-random/lib/password";
import { Lazy, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { LocalEnvironment } from "../../environments/environment";
import { NetworkPolicies } from "../connections/network-policies";
import type { Path, Pods } from "../connections/path";
import { refuse } from "../shared/errors";
import { requireName } from "../shared/kubernetes-names";
import { localNames } from "../shared/naming";
import { minioCredentialsName, minioPaths, minioRegion, minioUrl, stateStoreNamespace } from "../state/minio";
import { MinioJob, untilReady } from "../state/minio-job";
import { policyDocument, type PolicyStatement } from "./policy-document";
import type { ContainerEnvironment, IWorkloadIdentity, WorkloadIdentityProps } from "./workload-identity";

export interface MinioIdentityProps extends WorkloadIdentityProps {
  readonly environment: LocalEnvironment;
}

/** Every step may be repeated. A policy that is attached already is not attached again. */
const script = `${untilReady}
mc admin user add store "$NEW_USER" "$NEW_PASSWORD"
mc admin policy create store "$NEW_USER" /setup/policy.json
mc admin policy detach store "$NEW_USER" --user "$NEW_USER" >/dev/null 2>&1 || true
mc admin policy attach store "$NEW_USER" --user "$NEW_USER"
`;

/** User of the environment's MinIO with a policy of its own. Pods sign in with a Secret in their namespace. */
export class MinioIdentity extends Construct implements IWorkloadIdentity {
  readonly serviceAccountAnnotations = {};
  readonly containerEnvironment: ContainerEnvironment;
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch: the Secret in the namespace of the pods. */
  readonly resource: SecretV1;
  private readonly environment: LocalEnvironment;
  private readonly statements: PolicyStatement[] = [];

  /** @throws ConfigurationError when MinIO has no such action, or a name is too long */
  constructor(scope: Construct, id: string, props: MinioIdentityProps) {
    super(scope, id);
    const { environment, namespace } = props;
    this.environment = environment;
    const user = requireName(this, "purpose", localNames(environment).objectStoreUser(props.purpose), "service");
    const password = new Password(this, "Password", { length: 40, special: false });
    const data = { AWS_ACCESS_KEY_ID: user, AWS_SECRET_ACCESS_KEY: password.result };
    this.resource = new SecretV1(this, "Resource", {
      metadata: { name: user, namespace: typeof namespace === "string" ? namespace : namespace.resource.metadata.name },
      data,
    });
    this.containerEnvironment = {
      variables: { AWS_REGION: minioRegion, AWS_ENDPOINT_URL_S3: minioUrl },
      secretName: user,
    };
    this.allow("Policy", ...props.statements);
    this.installed = [this.resource, this.createUser(user, props, password, data)];
  }

  /** Every pod that uses the object store talks to it; credentials are in its environment. */
  paths(pods: Pods): readonly Path[] {
    return minioPaths(pods);
  }

  allow(id: string, ...statements: readonly PolicyStatement[]): void {
    refuse(
      statements.flatMap(({ Sid, Action }) =>
        [Action]
          .flat()
          .filter((action) => !action.startsWith("s3:"))
          .map((action) => ({
            path: `${this.node.path}/${id}`,
            field: Sid,
            value: action,
            limit: "an action of S3: on the laptop there is no other service of AWS",
            fix: "allow it in the variant for AWS",
          })),
      ),
    );
    new Construct(this, id); // an id that AWS would not take twice is not taken twice here
    this.statements.push(...statements);
  }

  /** The job signs in as root, so it runs beside the server; what it needs of the user has to be there, too. */
  private createUser(user: string, { setting, environment }: MinioIdentityProps, password: Password, data: Record<string, string>) {
    const namespace = stateStoreNamespace;
    const secret = new SecretV1(this, "JobSecret", { metadata: { name: user, namespace }, data });
    const policies = new NetworkPolicies(this, "Paths", {
      owner: user,
      places: setting.places,
      paths: minioPaths({ namespace, labels: { app: user } }),
    });
    const job = new MinioJob(this, "User", {
      name: user,
      namespace,
      image: environment.stateStore.image,
      credentialsSecretName: minioCredentialsName,
      script,
      files: { "policy.json": Lazy.stringValue({ produce: () => this.policy() }) },
      variables: [
        { name: "NEW_USER", value: user },
        { name: "NEW_PASSWORD", secret: user, key: "AWS_SECRET_ACCESS_KEY" },
      ],
      dependsOn: [secret, ...policies.resources],
      repeatedFor: [password],
    });
    return job.resource;
  }

  /** What has been allowed. The server holds Terraform's states, too: nothing that is allowed may reach them. */
  private policy(): string {
    const states = `arn:aws:s3:::${localNames(this.environment).stateBucket}`;
    return policyDocument(...this.statements, { Sid: "NoStates", Effect: "Deny", Action: ["s3:*"], Resource: [states, `${states}/*`] });
  }
}
