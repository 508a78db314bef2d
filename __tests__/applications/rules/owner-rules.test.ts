import { refusals } from "../changed";

const alerting = "observability.alerting";

describe("owners that are told of alerts", () => {
  const route = (owners: readonly string[]) => ({ severities: ["critical"], owners, to: ["chat"] });
  const window = (owners: readonly string[]) => ({ days: ["sunday"], start: "03:00", end: "05:00", owners });

  test("may be those of applications, and the environment's", () => {
    const owners = ["platform-team", "ml-team", "search-team", "sre-team"];
    expect(
      refusals({}, { dev: { [`${alerting}.routes`]: [route(owners)], [`${alerting}.maintenance`]: { upkeep: window(owners) } } }),
    ).toEqual([]);
  });

  test("fails when nobody is called like that, with who is meant", () => {
    const limit = "must be an owner: platform-team, ml-team, search-team, sre-team";
    expect(
      refusals(
        {},
        { dev: { [`${alerting}.routes`]: [route(["ml-team", "ml-taem"])], [`${alerting}.maintenance`]: { upkeep: window(["finance"]) } } },
      ),
    ).toEqual([
      `dev.observability.alerting.routes.0: owners.1 is "ml-taem", ${limit}; did you mean ml-team?`,
      `dev.observability.alerting.maintenance.upkeep: owners.0 is "finance", ${limit}; name the owner that an application has`,
    ]);
  });

  test("waits while the owner of an application is malformed, which may be the one", () => {
    expect(refusals({ "search.owner": "Finance" }, { dev: { [`${alerting}.routes`]: [route(["finance"])] } })).toEqual([
      'applications.search: owner is "Finance", must be lower-case letters, digits and inner hyphens, a letter first; rename it',
    ]);
  });
});
