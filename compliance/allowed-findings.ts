import type { AllowedFinding } from "./allowed-finding";

const staging = "staging";
const prod = "prod";

/** Addresses in each of some environments, from `<layer>: <address>`. */
function addressesIn(environments: readonly string[], addresses: readonly string[]): readonly string[] {
  return environments.flatMap((environment) => addresses.map((address) => `${environment}-${address}`));
}

/** Buckets that get logs and hold nothing else. */
const logBuckets = [
  "state: aws_s3_bucket.StateStore_AccessLogs_C1F5E51A",
  "platform: aws_s3_bucket.Ingress_LoadBalancer_Logs_7FF40B7E",
  "platform: aws_s3_bucket.TelemetryStore_AccessLogs_C0D359C0",
  "data: aws_s3_bucket.ObjectStore_AccessLogs_7C46574D",
];

const everyBucket = [
  "state: aws_s3_bucket.StateStore_3913AAD1",
  "platform: aws_s3_bucket.TelemetryStore_Bucket-telemetry-logs_D04E2D6B",
  "platform: aws_s3_bucket.TelemetryStore_Bucket-telemetry-traces_54EA6463",
  "data: aws_s3_bucket.ObjectStore_Bucket-data_4CE42266",
  "data: aws_s3_bucket.ObjectStore_Bucket-datasets_6249B534",
  "data: aws_s3_bucket.ObjectStore_Bucket-models_64602D29",
  "data: aws_s3_bucket.ObjectStore_Bucket-search_ED66E2C3",
  ...logBuckets,
];

/** A year after the decision. */
const nextYear = "2027-11-22";

/** For what only has to be looked up. */
const soon = "2027-02-22";

/** Every finding of checkov's that is there on purpose. */
export const allowedFindings: readonly AllowedFinding[] = [
  {
    check: "CKV2_AWS_5", // security groups are attached
    addresses: addressesIn([prod], ["data: aws_security_group.Database_Proxy_SecurityGroup_B174D5E0"]),
    reason: "It is attached to aws_db_proxy, a type that checkov does not know to have groups.",
    expires: nextYear,
  },
  {
    check: "CKV2_AWS_57", // secrets are rotated
    addresses: addressesIn(
      [staging, prod],
      [
        "platform: aws_secretsmanager_secret.MonitoringPassword_8FC7D21B",
        "data: aws_secretsmanager_secret.Cache_ApplicationPassword_13E5A170",
        "data: aws_secretsmanager_secret.Cache_MetricsPassword_59F6C722",
        "data: aws_secretsmanager_secret.Database_ApplicationPassword_D48044CA",
        "data: aws_secretsmanager_secret.Database_MetricsPassword_8A45B0F5",
        "apps: aws_secretsmanager_secret.ml-platform_Secret-session-key_B9D1CCC8",
      ],
    ),
    reason:
      "Terraform generates them, and replacing one rolls whoever uses it. Rotation would take a Lambda for each; the database administrator's password, which RDS can rotate, is rotated.",
    expires: nextYear,
  },
  {
    check: "CKV2_AWS_62", // buckets send events
    addresses: addressesIn([staging, prod], everyBucket),
    reason: "Nobody listens yet: events come with messaging, for the buckets that have a listener. Requests are logged.",
    expires: nextYear,
  },
  {
    check: "CKV2_AWS_71", // certificates without wildcard
    addresses: addressesIn([staging, prod], ["platform: aws_acm_certificate.Ingress_LoadBalancer_Certificate_1699D44C"]),
    reason: "Its key never leaves ACM, and one certificate for the names right below the domain lets applications come without a new one.",
    expires: nextYear,
  },
  {
    check: "CKV_AWS_144", // buckets are copied to another region
    addresses: addressesIn([staging, prod], everyBucket),
    reason: "The platform lives in one region; s3.replication copies what is to outlive it, once there is an account to copy to.",
    expires: nextYear,
  },
  {
    check: "CKV_AWS_145", // buckets are encrypted under a key of ours
    addresses: addressesIn([staging, prod], logBuckets),
    reason: "S3 and load balancers deliver logs to buckets under the key of S3 only.",
    expires: nextYear,
  },
  {
    check: "CKV_AWS_157", // databases in several zones
    addresses: addressesIn([staging], ["data: aws_db_instance.Database_Primary_Instance_BFD6CC54"]),
    reason: "A standby doubles the price, and outside of production an outage can be borne; environments/gaps says the same.",
    expires: nextYear,
  },
  {
    check: "CKV_AWS_25", // port 3389 is closed to everybody
    addresses: addressesIn(
      [staging, prod],
      ["platform: aws_vpc_security_group_ingress_rule.Ingress_LoadBalancer_SecurityGroup_PodsFromLoadBalancer_5E98A6A9"],
    ),
    reason: "It admits the load balancer's group and nobody else: checkov does not know referenced_security_group_id.",
    expires: nextYear,
  },
  {
    check: "CKV_AWS_260", // port 80 is closed to everybody
    addresses: addressesIn(
      [staging, prod],
      ["platform: aws_vpc_security_group_ingress_rule.Ingress_LoadBalancer_SecurityGroup_From0On80_45E8A250"],
    ),
    reason: "The listener behind it only redirects to HTTPS.",
    expires: nextYear,
  },
  {
    check: "CKV_AWS_378", // load balancers speak HTTPS to pods
    addresses: addressesIn(
      [staging, prod],
      [
        "apps: aws_lb_target_group.ml-platform_backend_Connections_Route-100_backend-8000_E7AF0F87",
        "apps: aws_lb_target_group.ml-platform_frontend_Connections_Route-200_frontend-8080_8F51AD8C",
        "apps: aws_lb_target_group.search_reader_Connections_Route-300_reader-8081_33529A80",
        "apps: aws_lb_target_group.sre-portal_Connections_Route-400_portal-8080_8757534A",
      ],
    ),
    reason:
      "TLS ends at the load balancer; from there to the pods requests stay within the VPC, whose network policies let nobody else in.",
    expires: nextYear,
  },
  {
    check: "CKV_K8S_11", // CPU is limited
    addresses: addressesIn(
      [staging, prod],
      [
        "data: kubernetes_deployment_v1.Cache_Watch_Exporter_6C81AECF",
        "data: kubernetes_deployment_v1.CloudMetrics_Exporter_69931246",
        "data: kubernetes_deployment_v1.ConnectionCheck_0A0A9504",
        "data: kubernetes_deployment_v1.Database_Watch_Exporter_175AFA73",
        "apps: kubernetes_deployment_v1.ml-platform_backend_Pods_B9D8F835",
        "apps: kubernetes_deployment_v1.ml-platform_frontend_Pods_B2A6590F",
        "apps: kubernetes_deployment_v1.ml-platform_training_Pods_38C57A78",
        "apps: kubernetes_deployment_v1.sre-portal_Pods_49371AF2",
      ],
    ),
    reason:
      "A limit slows a pod down while its node is idle; requests share the CPU out when it is not. Whoever wants a limit declares one.",
    expires: nextYear,
  },
  {
    check: "CKV_K8S_43", // images are named by a digest
    addresses: addressesIn([staging, prod], ["data: kubernetes_deployment_v1.CloudMetrics_Exporter_69931246"]),
    reason:
      "Its publisher's digest is not known here yet, and a made-up one would never start. The tag names a version, and its registry is asked at every start.",
    expires: soon,
  },
];
