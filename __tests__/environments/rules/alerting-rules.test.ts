import { environments } from "../../../environments/index";
import { refusals, type Changes } from "../changed";

const alerting = "observability.alerting";
const told = (changes: Changes, name: "dev" | "prod" = "prod") =>
  refusals(name, Object.fromEntries(Object.entries(changes).map(([path, value]) => [`${alerting}.${path}`, value])));
const { receivers, routes } = environments.prod.observability.alerting;

describe("who is told", () => {
  test("may be by severity and owner, several times, with maintenance at the same time", () => {
    const window = { days: ["sunday"], start: "03:00", end: "05:00" };
    expect(
      told({
        routes: [...routes, { severities: ["critical"], owners: ["platform-team"], to: ["pager", "mail"] }],
        maintenance: { one: window, other: { ...window, start: "04:00", severities: ["critical"], owners: ["platform-team"] } },
      }),
    ).toEqual([]);
  });

  test("fails when a route names nobody who is known, with who is meant", () => {
    const limit = "must be a receiver of alerts: pager, chat, mail";
    expect(told({ "routes.0.to": ["pager", "chatt", "constructor"] })).toEqual([
      `prod.observability.alerting.routes.0: to.1 is "chatt", ${limit}; did you mean chat?`,
      `prod.observability.alerting.routes.0: to.2 is "constructor", ${limit}; add it to the receivers`,
    ]);
    expect(told({ receivers: {} }, "dev")).toEqual([
      'dev.observability.alerting.routes.0: to.0 is "chat", must be a receiver of alerts, of which there is none; add it to the receivers',
    ]);
  });

  test("fails when a route names a heartbeat", () => {
    expect(told({ "routes.0.to": ["pager", "heartbeat"] })).toEqual([
      'prod.observability.alerting.routes.0: to.1 is "heartbeat", must be a receiver of alerts: pager, chat, mail; a heartbeat finds its way without a route',
    ]);
  });

  test("fails when no route names a receiver", () => {
    expect(told({ routes: routes.slice(0, 1) })).toEqual([
      'prod.observability.alerting.receivers: chat is "slack", must be a receiver that a route names; name it in a route, or remove it',
      'prod.observability.alerting.receivers: mail is "email", must be a receiver that a route names; name it in a route, or remove it',
    ]);
  });

  test("fails when something is named twice", () => {
    const window = { days: ["sunday", "monday", "sunday"], start: "03:00", end: "05:00", owners: ["a", "a"], severities: ["info", "info"] };
    expect(
      told({
        routes: [...routes, { severities: ["info", "info"], owners: ["a", "b", "a"], to: ["chat", "chat"] }],
        maintenance: { upkeep: window },
      }),
    ).toEqual([
      'prod.observability.alerting.routes.3: severities.1 is "info", must be different from severities.0; remove the repetition',
      'prod.observability.alerting.routes.3: owners.2 is "a", must be different from owners.0; remove the repetition',
      'prod.observability.alerting.routes.3: to.1 is "chat", must be different from to.0; remove the repetition',
      'prod.observability.alerting.maintenance.upkeep: days.2 is "sunday", must be different from days.0; remove the repetition',
      'prod.observability.alerting.maintenance.upkeep: severities.1 is "info", must be different from severities.0; remove the repetition',
      'prod.observability.alerting.maintenance.upkeep: owners.1 is "a", must be different from owners.0; remove the repetition',
    ]);
  });

  test.each(["team", "team@", "team@example", "Team <team@example.com>", "a@example.com,b@example.com", "a b@example.com"])(
    "fails when a mail goes to %s",
    (address) => {
      expect(told({ "receivers.mail.to": [address] })).toEqual([
        `prod.observability.alerting.receivers.mail: to.0 is "${address}", must be an address such as team@example.com; write it without a name and without brackets`,
      ]);
    },
  );

  test("fails when a receiver has no secret, whatever its kind", () => {
    for (const [name, receiver] of Object.entries(receivers)) {
      expect(told({ [`receivers.${name}`]: { ...receiver, secret: undefined } })).toEqual([
        `prod.observability.alerting.receivers.${name}: secret is missing, must be text; add the field`,
      ]);
    }
  });
});

test.each([
  ["03:00", "03:00"],
  ["23:00", "01:00"],
])("fails when maintenance goes from %s to %s", (start, end) => {
  expect(told({ maintenance: { upkeep: { days: ["sunday"], start, end } } })).toEqual([
    `prod.observability.alerting.maintenance.upkeep: end is "${end}", must be after start, which is ${start}; write two, one for each day, when it goes on after midnight`,
  ]);
});

test("fails when a disposable environment wakes somebody", () => {
  expect(told({ "receivers.pager": receivers.pager, "routes.0.to": ["chat", "pager"] }, "dev")).toEqual([
    'dev.observability.alerting.receivers.pager: kind is "pagerduty", must be slack, email or heartbeat where disposable is true; nobody is woken for what may be thrown away',
  ]);
});

describe("prod", () => {
  test.each([
    ["to the chat alone", { severities: ["critical"], to: ["chat"] }, "chat"],
    ["when they are warnings", { severities: ["warning"], to: ["pager"] }, "pager"],
    ["of some alone", { severities: ["critical"], owners: ["platform-team"], to: ["pager"] }, "pager"],
  ])("fails when its alerts go %s", (_, route, to) => {
    const keeping = { severities: ["info"], to: ["pager", "mail"] }; // who is not told of anything is another matter
    expect(told({ routes: [route, routes[1], keeping] })).toEqual([
      `prod.observability.alerting: routes is ["${to}","chat","pager mail"], must be one of them of everybody's critical alerts to a pager in prod; ` +
        "send them to a receiver of kind pagerduty",
    ]);
  });

  test("fails when nobody outside notices that alerts do not get through", () => {
    expect(told({ "receivers.heartbeat": undefined })).toEqual([
      'prod.observability.alerting: receivers is ["pager","chat","mail"], must be one of them of kind heartbeat in prod; ' +
        "add one: when alerts do not get through, somebody outside has to notice",
    ]);
  });

  test("is the only one that is asked for them", () => {
    expect(refusals("staging", { [`${alerting}.receivers`]: {}, [`${alerting}.routes`]: [] })).toEqual([]);
  });
});
