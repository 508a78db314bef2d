import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { IAwsNetwork } from "../network/aws-network";
import { LogBucket } from "../object-store/log-bucket";
import { awsNames } from "../shared/naming";
import { AlbCertificate } from "./alb-certificate";
import { AlbSecurityGroup } from "./alb-security-group";

export interface ApplicationLoadBalancerProps {
  readonly environment: AwsEnvironment;
  readonly network: IAwsNetwork;
  readonly cluster: IAwsCluster;
}

/** TLS 1.3, and 1.2 with forward secrecy; key exchange that quantum computers do not break for who has it (ELB user guide, "Security policies"). */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** Load balancer for the environment's domain and every name right below it. Without routes it answers 404. */
export class ApplicationLoadBalancer extends Construct {
  /** Escape hatch. */
  readonly resource: Lb;
  /** Routes add their rules to it. */
  readonly listener: LbListener;
  /** Logs of requests. */
  readonly logs: LogBucket;

  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps) {
    super(scope, id);
    const { environment } = props;
    this.logs = this.createLogBucket(environment);
    this.resource = this.createLoadBalancer(props);
    const loadBalancerArn = this.resource.arn;
    this.listener = new LbListener(this, "Https", {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: tlsPolicy,
      certificateArn: new AlbCertificate(this, "Certificate", environment).validArn,
      defaultAction: [
        { type: "fixed-response", fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "There is nothing here." } },
      ],
    });
    new LbListener(this, "Http", {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    });
    this.createRecord("Domain", environment, environment.domain);
    this.createRecord("Hosts", environment, `*.${environment.domain}`);
  }

  private createLoadBalancer({ environment, network, cluster }: ApplicationLoadBalancerProps): Lb {
    const { ingress } = environment;
    const group = new AlbSecurityGroup(this, "SecurityGroup", { environment, network, cluster });
    return new Lb(this, "Resource", {
      name: awsNames(environment).loadBalancer,
      loadBalancerType: "application",
      internal: ingress.access === "vpc",
      subnets: [...(ingress.access === "internet" ? network.subnetIds.public : network.subnetIds.intra)],
      securityGroups: [group.resource.id],
      idleTimeout: ingress.timeoutSeconds,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive", // "strictest" also refuses clients that are only sloppy
      enableHttp2: true,
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: environment.deletionProtection,
      accessLogs: { enabled: true, bucket: this.logs.bucket.id },
      dependsOn: [this.logs.policy], // the load balancer writes a test file at once
      // AWS would refuse, but only after all around it was gone.
      lifecycle: { preventDestroy: environment.deletionProtection },
    });
  }

  /** The service's permission has no condition in the documentation, the path says whose load balancers (ELB user guide, "Access logs"). */
  private createLogBucket(environment: AwsEnvironment): LogBucket {
    const names = awsNames(environment);
    const logs = new LogBucket(this, "Logs", {
      environment,
      bucketName: names.loadBalancerLogBucket,
      retentionDays: environment.ingress.logRetentionDays,
      delivery: (bucketArn) => ({
        Sid: "AllowLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${bucketArn}/AWSLogs/${environment.accountId}/*`,
      }),
    });
    // Who reads them is logged with who reads states: that bucket is there before all others, and outlives them.
    new S3BucketLoggingA(this, "LogsAccess", {
      bucket: logs.bucket.id,
      targetBucket: names.stateLogBucket,
      targetPrefix: "load-balancer/",
    });
    return logs;
  }

  private createRecord(id: string, { hostedZone }: AwsEnvironment, name: string): void {
    new Route53Record(this, id, {
      zoneId: hostedZone.id,
      name,
      type: "A",
      alias: { name: this.resource.dnsName, zoneId: this.resource.zoneId, evaluateTargetHealth: true },
    });
  }
}
