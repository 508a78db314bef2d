import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { Manifests } from "../addons/manifests";
import type { AddonProps } from "../addons/platform-setting";
import type { IAwsCluster } from "../cluster/aws-cluster";
import { awsWorkloadIdentity } from "../identity/aws-workload-identity";
import type { PolicyStatement } from "../identity/policy-document";
import { CertManager, solverAccount } from "./cert-manager";
import type { ICertificateIssuer } from "./certificate-issuer";
import type { ClusterIssuer } from "./cluster-issuer";

export interface AcmeIssuerProps extends AddonProps {
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
}

/** Let's Encrypt's directories (letsencrypt.org/docs/acme-protocol-updates and /docs/staging-environment). */
const directories = {
  "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory",
  "letsencrypt-production": "https://acme-v02.api.letsencrypt.org/directory",
} as const satisfies Readonly<Record<AwsEnvironment["certificates"]["issuer"], string>>;

const issuerNames = ["letsencrypt-staging", "letsencrypt-production"] as const;

/** Let's Encrypt, which asks for a record in the environment's hosted zone. */
export class AcmeIssuer extends Construct implements ICertificateIssuer {
  readonly issuerName: string;
  readonly certManager: CertManager;
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { setting, environment, cluster }: AcmeIssuerProps) {
    super(scope, id);
    this.issuerName = environment.certificates.issuer;
    const identity = awsWorkloadIdentity(this, "Identity", {
      setting,
      environment,
      cluster,
      ...solverAccount,
      purpose: "cert-manager",
      statements: answersToChallenges(environment),
    });
    this.certManager = new CertManager(this, "CertManager", { setting, identity });
    const issuers = new Manifests(this, "Issuers", {
      release: "certificate-issuers",
      namespace: this.certManager.namespace,
      requires: [this.certManager],
      resources: issuerNames.map((name) => clusterIssuer(name, environment)), // both, so that a certificate can try the other one
    });
    this.installed = issuers.installed;
  }
}

/** Records that prove who owns a name, and no others: they say nothing about where a name leads. */
function answersToChallenges({ domain, hostedZone, region }: AwsEnvironment): readonly PolicyStatement[] {
  const route53 = `arn:${partitionOf(region)}:route53:::`;
  return [
    {
      Sid: "Answer",
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: `${route53}hostedzone/${hostedZone.id}`,
      Condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
        "ForAllValues:StringLike": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [`_acme-challenge.${domain}`, `_acme-challenge.*.${domain}`],
        },
      },
    },
    { Sid: "Read", Effect: "Allow", Action: "route53:ListResourceRecordSets", Resource: `${route53}hostedzone/${hostedZone.id}` },
    { Sid: "Wait", Effect: "Allow", Action: "route53:GetChange", Resource: `${route53}change/*` },
  ];
}

function clusterIssuer(name: (typeof issuerNames)[number], { certificates, domain, hostedZone, region }: AwsEnvironment): ClusterIssuer {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name },
    spec: {
      acme: {
        server: directories[name],
        email: certificates.email,
        privateKeySecretRef: { name: `${name}-account` },
        solvers: [{ selector: { dnsZones: [domain] }, dns01: { route53: { region, hostedZoneID: hostedZone.id } } }],
      },
    },
  };
}
