import { EnvironmentJson } from "../../parity/environment-json";
import { OutputTypes } from "../../parity/output-type";

const types = new OutputTypes();

const metadata = (path: string) => ({ "//": { metadata: { path } } });
const terraform = { backend: {}, required_providers: {} };

/** An environment whose data layer publishes a value. */
function environmentWith(value: unknown): EnvironmentJson {
  return new EnvironmentJson("dev", {
    cluster: {
      terraform,
      resource: { aws_eks_cluster: { Cluster: { ...metadata("dev-cluster/Cluster") } } },
      output: { "cross-stack-output-aws_eks_clusterClusterarn": { value: "${aws_eks_cluster.Cluster.arn}", sensitive: true } },
    },
    data: {
      terraform,
      resource: { aws_db_instance: { Database: { ...metadata("dev-data/Database") } } },
      output: { published: { value } },
    },
  });
}

const elsewhere = "${data.terraform_remote_state.cross-stack-reference-input-dev-cluster.outputs.cross-stack-output-aws_eks_clusterCluster";

describe("the type of an output", () => {
  it.each([
    ["a text", "app", "string"],
    ["a number", 5432, "number"],
    ["a list", ["one"], "list"],
    ["an address of RDS", "${aws_db_instance.Database.address}", "string"],
    ["a port of RDS", "${aws_db_instance.Database.port}", "number"],
    ["a flag of RDS", "${aws_db_instance.Database.multi_az}", "boolean"],
    ["a block of RDS", "${aws_db_instance.Database.master_user_secret[0].secret_arn}", "string"],
    ["groups of RDS", "${aws_db_instance.Database.vpc_security_group_ids}", "list"],
    ["a text with a port in it", "postgresql://${aws_db_instance.Database.address}:${aws_db_instance.Database.port}/app", "string"],
    ["something of another stack", `${elsewhere}arn}`, "string"],
    ["nothing", undefined, undefined],
    ["a resource that is not there", "${aws_db_instance.Lost.address}", undefined],
    ["a text with such a resource in it", "postgresql://${aws_db_instance.Lost.address}/app", undefined],
    ["a list with such a resource in it", ["one", "${aws_db_instance.Lost.address}"], undefined],
    ["an output of another stack that is not there", `${elsewhere}lost}`, undefined],
    ["an attribute that the schema does not know", "${aws_db_instance.Database.lost}", undefined],
  ])("is that of %s", (_, value, type) => {
    const environment = environmentWith(value);
    expect(types.of(environment.output("published"), environment)).toBe(type);
  });
});

it("fails when a resource has no construct path: nobody would know whose it is", () => {
  const nameless = { data: { terraform, resource: { aws_db_instance: { Database: {} } } } };
  expect(() => new EnvironmentJson("dev", nameless)).toThrow("dev-data: aws_db_instance.Database has no construct path in its JSON");
});
