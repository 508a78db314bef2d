import { ownTagKeys, tagsOf } from "../../../constructs/shared/tags";
import { environments } from "../../../environments/index";

test("everything is tagged with project, environment, owner, cost center and what manages it", () => {
  expect(tagsOf(environments.dev)).toEqual({
    Project: "ml-platform",
    Environment: "dev",
    Owner: "platform-team",
    CostCenter: "engineering",
    ManagedBy: "evenkeel",
  });
  expect(Object.keys(tagsOf(environments.dev))).toEqual(ownTagKeys);
});

test("tags of the environment come along, and never in place of our own", () => {
  const tags = tagsOf({ ...environments.dev, tags: { Team: "a", Owner: "somebody else" } });
  expect(tags).toMatchObject({ Team: "a", Owner: "platform-team" });
});
