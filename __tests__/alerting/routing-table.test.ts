import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alertmanagerConfiguration } from "../../constructs/alerting/alertmanager-configuration";
import type { Environment } from "../../environments/environment";
import { environments } from "../../environments/index";
import { describeWith } from "../installed-tool";
import { debianConfiguration } from "./debian-alertmanager";

describeWith(["amtool"], "amtool", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-amtool-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.values(environments))("takes the configuration of $name", (environment) => {
    const { status, stderr, stdout } = amtool("check-config", fileOf(environment));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(`${Object.keys(environment.observability.alerting.receivers).length + 1} receivers`);
  });

  it("fails when a configuration is none, so that it would be seen", () => {
    const file = join(folder, "wrong.yaml");
    writeFileSync(file, "route: { receiver: missing }\nreceivers: []\n");
    expect(amtool("check-config", file).stdout).toContain('undefined receiver "missing"');
  });

  it.each([
    ["local", "critical", "platform-team", "Nobody"],
    ["local", "critical", "ml-team", "Nobody"],
    ["local", "warning", "platform-team", "Nobody"],
    ["local", "warning", "ml-team", "Nobody"],
    ["local", "info", "platform-team", "Nobody"],
    ["local", "info", "ml-team", "Nobody"],
    ["dev", "critical", "platform-team", "chat"],
    ["dev", "critical", "ml-team", "chat"],
    ["dev", "warning", "platform-team", "chat"],
    ["dev", "warning", "ml-team", "chat"],
    ["dev", "info", "platform-team", "Nobody"],
    ["dev", "info", "ml-team", "Nobody"],
    ["staging", "critical", "platform-team", "chat"],
    ["staging", "critical", "ml-team", "chat"],
    ["staging", "warning", "platform-team", "chat"],
    ["staging", "warning", "ml-team", "chat"],
    ["staging", "info", "platform-team", "Nobody"],
    ["staging", "info", "ml-team", "Nobody"],
    ["prod", "critical", "platform-team", "pager,chat"],
    ["prod", "critical", "ml-team", "pager,chat"],
    ["prod", "warning", "platform-team", "chat"],
    ["prod", "warning", "ml-team", "chat"],
    ["prod", "info", "platform-team", "mail"],
    ["prod", "info", "ml-team", "mail"],
  ] as const)("sends in %s what is %s of %s to %s", (name, severity, owner, receivers) => {
    expect(receiversOf(environments[name], { severity, owner })).toBe(receivers);
  });

  it("sends the heartbeat to who waits for it, and to nobody else", () => {
    const heartbeat = { alertname: "Watchdog", severity: "critical", owner: "platform-team", heartbeat: "true" };
    expect(Object.values(environments).map((environment) => receiversOf(environment, heartbeat))).toEqual([
      "Nobody",
      "Nobody",
      "Nobody",
      "heartbeat",
    ]);
  });

  it("tells nobody of another environment's alerts, and takes those of none for its own", () => {
    expect(receiversOf(environments.prod, { severity: "critical", environment: "dev" })).toBe("Nobody");
    expect(receiversOf(environments.prod, { severity: "critical", environment: "" })).toBe("pager,chat");
  });

  describe("by owner", () => {
    const routes: Alerting["routes"] = [
      { severities: ["critical"], owners: ["ml-team", "a.b"], to: ["pager", "chat"] },
      { severities: ["critical", "warning"], owners: ["search-team"], to: ["chat"] },
      { severities: ["info"], owners: ["ml-team"], to: ["mail"] },
      { severities: ["info"], to: ["mail"] },
    ];
    const maintenance: Alerting["maintenance"] = {
      upkeep: { days: ["sunday"], start: "03:00", end: "05:00", owners: ["ml-team", "sre-team"] },
    };
    const environment = withAlerting({ routes, maintenance });

    it.each([
      ["critical", "ml-team", "pager,chat"],
      ["critical", "search-team", "chat"],
      ["critical", "a.b", "pager,chat"],
      ["critical", "a-b", "Nobody"], // a name is no expression
      ["critical", "ml-team-2", "Nobody"],
      ["warning", "ml-team", "Nobody"],
      ["warning", "search-team", "chat"],
      ["info", "ml-team", "mail"], // two routes, one mail
      ["info", "sre-team", "mail"],
    ])("sends what is %s of %s to %s", (severity, owner, receivers) => {
      expect(receiversOf(environment, { severity, owner })).toBe(receivers);
    });
  });

  function receiversOf(environment: Environment, labels: Readonly<Record<string, string>>): string {
    const given = Object.entries({ environment: environment.name, ...labels }).map(([label, value]) => `${label}=${value}`);
    return amtool("config", "routes", "test", `--config.file=${fileOf(environment)}`, ...given).stdout.trim();
  }

  function fileOf(environment: Environment): string {
    const file = join(folder, `${environment.name}.yaml`);
    writeFileSync(file, debianConfiguration(alertmanagerConfiguration(environment), { heartbeatUrl: "https://heartbeat.example.com" }));
    return file;
  }
});

type Alerting = Environment["observability"]["alerting"];

function withAlerting(changes: Partial<Alerting>): Environment {
  const { prod } = environments;
  const { observability } = prod;
  return { ...prod, observability: { ...observability, alerting: { ...observability.alerting, ...changes } } };
}

function amtool(...args: readonly string[]) {
  return spawnSync("amtool", args, { encoding: "utf8" });
}
