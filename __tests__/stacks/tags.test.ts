import { environments } from "../../environments/index";
import { onAws } from "../../environments/targets";
import { loadEnvironments } from "../../environments/load";
import { synthesizedEnvironments } from "./synthesized-environments";

const given = { Team: "vision" };
const committed = Object.fromEntries(Object.entries(environments).map(([name, environment]) => [name, { ...environment, tags: given }]));
const { stacks } = synthesizedEnvironments(loadEnvironments({ variables: {}, committed: { ...environments, ...committed } }));

describe.each(onAws(Object.values(environments)))("tags of $name", ({ name }) => {
  const tags = {
    Team: "vision",
    Project: "ml-platform",
    Environment: name,
    Owner: "platform-team",
    CostCenter: "engineering",
    ManagedBy: "evenkeel",
  };
  const own = Object.entries(stacks).filter(([stack]) => stack.startsWith(`${name}-`));

  it("reach what a provider creates, in every stack", () => {
    expect(own).toHaveLength(5);
    for (const [, { json }] of own) expect(json.provider?.aws).toEqual([expect.objectContaining({ default_tags: [{ tags }] })]);
  });

  it("reach what launch templates start", () => {
    const templates = own.flatMap(([, stack]) => stack.all("aws_launch_template"));
    expect(templates).toHaveLength(own.flatMap(([, stack]) => stack.all("aws_eks_node_group")).length);
    for (const template of templates) {
      expect(template.tag_specifications).toEqual(
        ["instance", "volume", "network-interface"].map((resource_type) => ({ resource_type, tags: { ...tags, Name: template.name } })),
      );
    }
  });

  it("reach the volumes that pods ask for", () => {
    const driver = own.flatMap(([, stack]) => stack.all("aws_eks_addon")).find(({ addon_name }) => addon_name === "aws-ebs-csi-driver");
    expect(JSON.parse(String(driver?.configuration_values))).toEqual({ controller: { extraVolumeTags: tags } });
  });

  it("are not repeated on resources, where a changed default would be masked", () => {
    const repeated = own.flatMap(([, stack]) =>
      stack.resources.filter(({ values }) => Object.keys((values.tags ?? {}) as object).some((key) => key in tags)),
    );
    expect(repeated).toEqual([]);
  });
});
