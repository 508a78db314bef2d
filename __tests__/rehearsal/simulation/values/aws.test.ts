import { appliedValue, plannedValue } from "./value-context";

const inRegion = "eu-central-1:111122223333";
const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}";
const launchTemplate = "aws_launch_template";

describe("values of AWS", () => {
  it.each([
    ["aws_vpc", "vpc", "vpc"],
    ["aws_subnet", "subnet", "subnet"],
    ["aws_internet_gateway", "igw", "internet-gateway"],
    ["aws_eip", "eipalloc", "elastic-ip"],
    ["aws_route_table", "rtb", "route-table"],
    ["aws_security_group", "sg", "security-group"],
    ["aws_default_security_group", "sg", "security-group"],
    ["aws_vpc_security_group_ingress_rule", "sgr", "security-group-rule"],
    ["aws_vpc_endpoint", "vpce", "vpc-endpoint"],
    ["aws_flow_log", "fl", "vpc-flow-log"],
    ["aws_launch_template", "lt", "launch-template"],
  ])("give %s an id of EC2, and an ARN with it", (type, prefix, kind) => {
    const id = appliedValue("id", type);
    expect(id).toMatch(new RegExp(`^${prefix}-[0-9a-f]{17}$`));
    expect(appliedValue("arn", type)).toBe(`arn:aws:ec2:${inRegion}:${kind}/${String(id)}`);
  });

  it.each([
    ["aws_nat_gateway", "id", /^nat-[0-9a-f]{17}$/],
    ["aws_nat_gateway", "network_interface_id", /^eni-[0-9a-f]{17}$/],
    ["aws_nat_gateway", "public_ip", /^198\.18\.\d{1,3}\.\d{1,3}$/],
    ["aws_route_table_association", "id", /^rtbassoc-[0-9a-f]{17}$/],
    ["aws_vpc", "default_network_acl_id", /^acl-[0-9a-f]{17}$/],
    ["aws_vpc", "dhcp_options_id", /^dopt-[0-9a-f]{17}$/],
    ["aws_eip", "public_dns", /^ec2-198-18-\d+-\d+\.eu-central-1\.compute\.amazonaws\.com$/],
    ["aws_iam_role", "unique_id", /^AROA[A-Z2-7]{17}$/],
    ["aws_s3_bucket", "hosted_zone_id", /^Z[A-Z2-7]{13}$/],
    ["aws_kms_key", "key_id", new RegExp(`^${uuid}$`)],
    ["aws_kms_key", "arn", new RegExp(`^arn:aws:kms:${inRegion}:key/${uuid}$`)],
    ["aws_iam_role", "name", /^terraform-\d{18}[0-9a-f]{8}$/],
  ])("give %s a %s of the right form", (type, path, form) => {
    expect(appliedValue(path, type)).toMatch(form);
  });

  const role = "arn:aws:iam::111122223333:role/admin";
  it.each([
    ["aws_eks_addon", { cluster_name: "dev", addon_name: "coredns" }, "dev:coredns"],
    ["aws_eks_access_entry", { cluster_name: "dev", principal_arn: role }, `dev:${role}`],
    ["aws_eks_access_policy_association", { cluster_name: "dev", principal_arn: role, policy_arn: "p" }, `dev#${role}#p`],
    ["aws_eks_cluster", { name: "dev" }, "dev"],
    ["aws_eks_node_group", { cluster_name: "dev", node_group_name: "general" }, "dev:general"],
    ["aws_iam_role", { name: "admin" }, "admin"],
    ["aws_iam_role_policy", { role: "admin", name: "logs" }, "admin:logs"],
    ["aws_iam_role_policy_attachment", { role: "admin", policy_arn: role }, `admin/${role}`],
    [
      "aws_iam_openid_connect_provider",
      { url: "https://oidc.example.com/id/A" },
      "arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/A",
    ],
    ["aws_kms_alias", { name: "alias/state" }, "alias/state"],
    ["aws_cloudwatch_log_group", { name: "/aws/eks/dev" }, "/aws/eks/dev"],
    ["aws_s3_bucket", { bucket: "states" }, "states"],
    ["aws_s3_bucket_policy", { bucket: "states" }, "states"],
    ["aws_s3_bucket_versioning", { bucket: "states", expected_bucket_owner: "111122223333" }, "states,111122223333"],
    ["aws_ecr_repository", { name: "team/app" }, "team/app"],
    ["aws_ecr_lifecycle_policy", { repository: "team/app" }, "team/app"],
  ])("build the id of %s from its arguments", (type, values, id) => {
    expect(appliedValue("id", type, values)).toBe(id);
  });

  it("name a route after its table", () => {
    expect(appliedValue("id", "aws_route", { route_table_id: "rtb-0123" })).toMatch(/^r-rtb-0123\d+$/);
  });

  it.each([
    ["aws_eks_cluster", { name: "dev" }, `arn:aws:eks:${inRegion}:cluster/dev`],
    ["aws_iam_role", { name: "admin", path: "/teams/" }, "arn:aws:iam::111122223333:role/teams/admin"],
    ["aws_kms_alias", { name: "alias/state" }, `arn:aws:kms:${inRegion}:alias/state`],
    ["aws_cloudwatch_log_group", { name: "/aws/eks/dev" }, `arn:aws:logs:${inRegion}:log-group:/aws/eks/dev`],
    ["aws_s3_bucket", { bucket: "states" }, "arn:aws:s3:::states"],
    ["aws_ecr_repository", { name: "team/app" }, `arn:aws:ecr:${inRegion}:repository/team/app`],
  ])("write the ARN of %s as its service does", (type, values, arn) => {
    expect(appliedValue("arn", type, values)).toBe(arn);
  });

  it("follow the region that a resource has of its own", () => {
    expect(appliedValue("arn", "aws_vpc", { region: "us-east-1" })).toMatch(/^arn:aws:ec2:us-east-1:/);
  });

  it("name one cluster in its endpoint and in its issuer", () => {
    const endpoint = String(appliedValue("endpoint", "aws_eks_cluster"));
    const [, code = ""] = /^https:\/\/([0-9A-F]{32})\.gr7\.eu-central-1\.eks\.amazonaws\.com$/.exec(endpoint) ?? [];
    expect(code).toHaveLength(32);
    const issuer = `https://oidc.eks.eu-central-1.amazonaws.com/id/${code}`;
    expect(appliedValue("identity", "aws_eks_cluster")).toEqual([{ oidc: [{ issuer }] }]);
  });

  it("give a cluster a certificate in PEM, in base64", () => {
    const [{ data }] = appliedValue("certificate_authority", "aws_eks_cluster") as readonly [{ readonly data: string }];
    const pem = Buffer.from(data, "base64").toString();
    expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\nMII[A-Za-z0-9+/=\n]+\n-----END CERTIFICATE-----\n$/);
    expect(Buffer.from(pem).toString("base64")).toBe(data);
  });

  it.each([
    [role, "arn:aws:sts::111122223333:assumed-role/admin/{{SessionName}}"],
    ["arn:aws:iam::111122223333:user/teams/ada", "arn:aws:iam::111122223333:user/ada"],
  ])("call %s in Kubernetes what EKS calls it", (principal_arn, user) => {
    expect(appliedValue("user_name", "aws_eks_access_entry", { principal_arn })).toBe(user);
  });

  it("give an interface endpoint names and a network interface in each subnet, and a gateway neither", () => {
    const values = { subnet_ids: ["subnet-1", "subnet-2"], service_name: "com.amazonaws.eu-central-1.ecr.api", private_dns_enabled: true };
    const endpoint = { ...values, vpc_endpoint_type: "Interface" };
    expect(appliedValue("network_interface_ids", "aws_vpc_endpoint", endpoint)).toEqual([
      expect.stringMatching(/^eni-[0-9a-f]{17}$/),
      expect.stringMatching(/^eni-[0-9a-f]{17}$/),
    ]);
    expect(appliedValue("dns_entry", "aws_vpc_endpoint", endpoint)).toMatchObject([
      { dns_name: expect.stringMatching(/^vpce-[0-9a-f]{17}-[0-9a-f]{8}\.api\.ecr\.eu-central-1\.vpce\.amazonaws\.com$/) as string },
      { dns_name: "api.ecr.eu-central-1.amazonaws.com" },
    ]);
    expect(appliedValue("dns_entry", "aws_vpc_endpoint", { vpc_endpoint_type: "Gateway" })).toEqual([]);
    expect(appliedValue("prefix_list_id", "aws_vpc_endpoint", { vpc_endpoint_type: "Gateway" })).toMatch(/^pl-[0-9a-f]{8}$/);
  });

  it.each([
    ["eu-central-1b", "euc1-az2"],
    ["us-east-1a", "use1-az1"],
    ["ap-southeast-2c", "apse2-az3"],
  ])("abbreviate the zone %s", (availability_zone, id) => {
    expect(appliedValue("availability_zone_id", "aws_subnet", { availability_zone })).toBe(id);
  });

  it.each([
    ["aws_kms_key", "policy"],
    ["aws_vpc_endpoint", "policy"],
  ])("give %s a %s in JSON", (type, path) => {
    expect(JSON.parse(String(appliedValue(path, type)))).toMatchObject({ Statement: [{ Effect: "Allow" }] });
  });

  it("keep the prefix of a generated name, and know that a given name has none", () => {
    expect(appliedValue("name", "aws_security_group", { name_prefix: "nodes-" })).toMatch(/^nodes-\d{18}[0-9a-f]{8}$/);
    expect(appliedValue("name_prefix", "aws_security_group", { name: "nodes" })).toBe("");
  });

  it("count up the version of a launch template", () => {
    expect(appliedValue("latest_version", launchTemplate)).toBe(1);
    expect(appliedValue("latest_version", launchTemplate, {}, { prior: { latest_version: 4 } })).toBe(5);
  });

  it("do not know all tags in a plan before each is known, nor where there are none", () => {
    expect(plannedValue("tags_all", "aws_vpc", { tags: { Name: undefined } })).toBeUndefined();
    expect(plannedValue("tags_all", "aws_vpc", {})).toBeUndefined();
    expect(plannedValue("tags_all", "aws_vpc", { tags: null }, { defaultTags: {} })).toBeUndefined();
    expect(plannedValue("tags_all", "aws_vpc", { tags: { Name: "a", Gone: null } })).toEqual({ Project: "ml-platform", Name: "a" });
  });
});
