import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";

/** How long resolvers keep the validation record, in seconds. It never changes, so that this only matters when it is missing. */
const recordTtlSeconds = 60;

/** Certificate of the environment's domain and of every name right below it, which ACM renews as long as its record exists. */
export class AlbCertificate extends Construct {
  /** Escape hatch. */
  readonly resource: AcmCertificate;
  private readonly validation: AcmCertificateValidation;

  constructor(scope: Construct, id: string, { domain, hostedZone }: AwsEnvironment) {
    super(scope, id);
    this.resource = new AcmCertificate(this, "Resource", {
      domainName: domain,
      subjectAlternativeNames: [`*.${domain}`],
      validationMethod: "DNS",
      // A listener always has one: a new certificate is there before the old one goes.
      lifecycle: { createBeforeDestroy: true },
    });
    // A domain and its wildcard are validated by the same record (ACM user guide, "DNS validation").
    const option = this.resource.domainValidationOptions.get(0);
    const record = new Route53Record(this, "ValidationRecord", {
      zoneId: hostedZone.id,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: recordTtlSeconds,
      allowOverwrite: true, // an earlier certificate of the domain in this account had the same
    });
    this.validation = new AcmCertificateValidation(this, "Validation", {
      certificateArn: this.resource.arn,
      validationRecordFqdns: [record.fqdn],
    });
  }

  /** ARN, once the certificate can be used. */
  get validArn(): string {
    return this.validation.certificateArn;
  }
}
