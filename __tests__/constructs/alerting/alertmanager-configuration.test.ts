import { alertmanagerConfiguration } from "../../../constructs/alerting/alertmanager-configuration";
import { platformRules } from "../../../constructs/alerts/platform-rules";
import type { Route } from "../../../constructs/alerting/alertmanager";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";

const { local, prod } = environments;

describe("alertmanagerConfiguration", () => {
  const { inhibit_rules, receivers, route, time_intervals } = alertmanagerConfiguration(prod);
  const routes = routesBelow(route);

  it("says what is worse sooner, and more often", () => {
    const timingOf = (severity: string) => routes.find(({ matchers }) => matchers?.includes(`severity="${severity}"`));
    expect(timingOf("critical")).toMatchObject({ group_wait: "15s", group_interval: "2m", repeat_interval: "1h" });
    expect(timingOf("warning")).toMatchObject({ group_wait: "1m", group_interval: "10m", repeat_interval: "12h" });
    expect(timingOf("info")).toMatchObject({ group_wait: "5m", group_interval: "1h", repeat_interval: "1d" });
    expect(route.group_by).toEqual(["alertname", "environment", "namespace", "workload"]);
  });

  it("lets the heartbeat beat every five minutes, whatever the maintenance, and never says that it is over", () => {
    const always = { days: ["sunday"], start: "03:00", end: "05:00" } as const;
    const silent = alertmanagerConfiguration(withAlerting({ maintenance: { always } }));
    const [heartbeat] = routesBelow(silent.route).filter(({ matchers }) => matchers?.includes('heartbeat="true"'));
    expect(heartbeat).toEqual({
      matchers: ['heartbeat="true"'],
      group_wait: "0s",
      group_interval: "1m",
      repeat_interval: "5m",
      routes: [{ receiver: "heartbeat", continue: true }],
    });
    expect(receivers.flatMap(({ webhook_configs = [] }) => webhook_configs)).toEqual([
      { send_resolved: false, url_file: "/etc/alertmanager/receivers/alerts-heartbeat" },
    ]);
  });

  it("never silences the heartbeat for something worse", () => {
    for (const { target_matchers } of inhibit_rules) expect(target_matchers).toContain('heartbeat=""');
    expect(inhibit_rules.length).toBeGreaterThan(0);
  });

  it("silences nothing because two alerts lack the same label", () => {
    const [, ...aboutSomething] = inhibit_rules; // the first is about alerts of the same name, which all have
    for (const { source_matchers, target_matchers, equal } of aboutSomething) {
      const labels = source_matchers.flatMap((matcher) => (matcher.endsWith('!=""') ? [matcher.replace('!=""', "")] : []));
      for (const label of labels) expect(target_matchers).toContain(`${label}!=""`);
      expect(equal).toEqual(expect.arrayContaining(labels));
    }
  });

  it("names alerts that there are", () => {
    const all = platformRules.flatMap(({ alerts = [] }) => alerts.map(({ name }) => name));
    const named = inhibit_rules.flatMap(({ source_matchers }) =>
      source_matchers.flatMap((each) => /^alertname="(.*)"$/.exec(each)?.[1] ?? []),
    );
    expect(named).toEqual(["NodeNotReady", "GatewayDown"]);
    expect(all).toEqual(expect.arrayContaining(named));
    const beating = platformRules.flatMap(({ alerts = [] }) => alerts).filter(({ labels }) => labels?.heartbeat === "true");
    expect(beating.map(({ name }) => name)).toEqual(["Watchdog"]);
  });

  it("tells when it is over, by every way but the heartbeat", () => {
    const ways = receivers.flatMap(({ name, ...configurations }) =>
      Object.values(configurations)
        .flat()
        .map((way) => [name, way] as const),
    );
    expect(ways.map(([name, { send_resolved }]) => [name, send_resolved])).toEqual([
      ["pager", true],
      ["chat", true],
      ["mail", true],
      ["heartbeat", false],
    ]);
  });

  it("has the times of the maintenance in UTC, for the severities that it is for", () => {
    expect(time_intervals).toEqual([
      { name: "upkeep", time_intervals: [{ weekdays: ["sunday"], times: [{ start_time: "03:00", end_time: "05:00" }] }] },
    ]);
    const muted = routes.flatMap(({ matchers, mute_time_intervals: times, receiver }) => (times ? [[receiver, matchers?.[0], times]] : []));
    expect(muted).toEqual([
      ["chat", 'severity="warning"', ["upkeep"]],
      ["mail", 'severity="info"', ["upkeep"]],
    ]);
  });

  it("adds the maintenance of an owner to that of everybody, where the owner is told", () => {
    const window = { days: ["sunday"], start: "03:00", end: "05:00" } as const;
    const changed = withAlerting({
      routes: [
        { severities: ["critical"], to: ["pager"] },
        { severities: ["warning"], owners: ["ml-team"], to: ["chat"] },
      ],
      maintenance: { all: window, two: { ...window, owners: ["ml-team", "search-team"] }, one: { ...window, owners: ["search-team"] } },
    });
    const told = routesBelow(alertmanagerConfiguration(changed).route).flatMap(
      ({ mute_time_intervals: times, receiver, routes: below = [] }) =>
        receiver !== undefined && times ? [{ receiver, times, below }] : [],
    );
    const ml = { matchers: ['owner="ml-team"'], mute_time_intervals: ["all", "two"] };
    const search = { matchers: ['owner="search-team"'], mute_time_intervals: ["all", "two", "one"] };
    expect(told).toEqual([
      { receiver: "pager", times: ["all"], below: [ml, search] },
      { receiver: "chat", times: ["all"], below: [ml] },
    ]);
  });

  it("tells nobody where there is nobody", () => {
    const nobody = alertmanagerConfiguration(local);
    expect(nobody.receivers).toEqual([{ name: "Nobody" }]);
    expect(routesBelow(nobody.route).filter(({ receiver }) => receiver !== undefined && receiver !== "Nobody")).toEqual([]);
  });
});

function routesBelow({ routes = [], ...route }: Route): readonly Route[] {
  return [{ ...route, ...(routes.length > 0 ? { routes } : {}) }, ...routes.flatMap(routesBelow)];
}

type Alerting = Environment["observability"]["alerting"];

function withAlerting(changes: Partial<Alerting>): Environment {
  const { observability } = prod;
  return { ...prod, observability: { ...observability, alerting: { ...observability.alerting, ...changes } } };
}
