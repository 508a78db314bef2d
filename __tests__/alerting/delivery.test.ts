import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alertmanagerConfiguration } from "../../constructs/alerting/alertmanager-configuration";
import { secretsFolder } from "../../constructs/alerting/receivers";
import type { Environment } from "../../environments/environment";
import { environments } from "../../environments/index";
import { describeWith } from "../installed-tool";
import { debianConfiguration } from "./debian-alertmanager";
import { MailServer } from "./mail-server";
import type { PagerdutyEvent, SlackMessage, WebhookCall } from "./payloads";
import { RunningAlertmanager } from "./running-alertmanager";
import { WebServer, type Call } from "./web-server";

describeWith(["prometheus-alertmanager"], "Alertmanager with the configuration of prod", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-alertmanager-"));
  let alertmanager: RunningAlertmanager;
  let mail: MailServer;
  let web: WebServer;

  beforeAll(async () => {
    [mail, web] = await Promise.all([MailServer.start(), WebServer.start()]);
    const secrets = { "alerts-slack": web.url("/slack"), "alerts-pagerduty": "routing-key", "alerts-smtp": "secret" };
    mkdirSync(join(folder, "secrets"));
    for (const [name, value] of Object.entries(secrets)) writeFileSync(join(folder, "secrets", name), value);
    const file = join(folder, "alertmanager.yaml");
    writeFileSync(file, configuration());
    alertmanager = await RunningAlertmanager.start(file, join(folder, "data"));
  });

  afterAll(async () => {
    await Promise.all([alertmanager?.stop(), mail?.stop(), web?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it("pages somebody, with a message in the chat beside it, and says when it is over", async () => {
    const pods = ["api-0", "api-1"].map((pod) => alert("WorkloadErrorsCritical", "critical", { workload: "api", pod }));
    await alertmanager.fire(...pods);
    const { body: event } = await pagerduty("trigger", "WorkloadErrorsCritical");
    expect(event).toMatchObject({
      routing_key: "routing-key",
      client: "Alertmanager of prod",
      payload: {
        summary: "[prod] critical: WorkloadErrorsCritical of api (2)",
        source: "Alertmanager of prod",
        severity: "critical",
        class: "WorkloadErrorsCritical",
        component: "api",
        group: "prod",
        custom_details: { environment: "prod", owner: "ml-team", runbook: "https://runbooks.example.com/WorkloadErrorsCritical.md" },
      },
    });
    expect(event.links).toContainEqual({ href: "https://runbooks.example.com/WorkloadErrorsCritical.md", text: "Runbook" });
    const { body: message } = await slack("[prod] critical: WorkloadErrorsCritical of api (2)");
    expect(message.channel).toBe("#platform-prod");
    const [{ actions, color, text, title_link }] = message.attachments;
    expect({ color, title_link }).toEqual({ color: "danger", title_link: "https://runbooks.example.com/WorkloadErrorsCritical.md" });
    expect(text).toMatch(/^WorkloadErrorsCritical of api-0\nIt means trouble\.\nOwner ml-team, since \d{4}-\d\d-\d\d \d\d:\d\d UTC\n/);
    expect(text).toContain("WorkloadErrorsCritical of api-1\n");
    expect(actions).toEqual([
      { type: "button", text: "Runbook", url: "https://runbooks.example.com/WorkloadErrorsCritical.md" },
      { type: "button", text: "Graph", url: "http://localhost:9090/graph" },
      {
        type: "button",
        text: "Silence",
        url: `http://localhost:9093/#/silences/new?filter=${encodeURIComponent('{alertname="WorkloadErrorsCritical",namespace="ml",workload="api"}')}`,
      },
    ]);

    await alertmanager.fire(...pods.map(over));
    expect((await pagerduty("resolve", "WorkloadErrorsCritical")).body.dedup_key).toBe(event.dedup_key);
    expect((await slack("[prod] resolved: WorkloadErrorsCritical of api")).body.attachments[0]).toMatchObject({
      color: "good",
      text: expect.stringMatching(/^Resolved: WorkloadErrorsCritical of api-0\n/) as string,
    });
  });

  it("sends mail as the user whose password is in the file", async () => {
    await alertmanager.fire(alert("QuotaNearlyUsed", "info"));
    const { text, ...envelope } = await mail.mails.first(() => true);
    expect(envelope).toEqual({
      user: "alerts",
      password: "secret",
      from: "alerts@ml-platform.example.com",
      to: ["platform-team@example.com"],
    });
    expect(text).toMatch(/^Subject: \[prod\] info: QuotaNearlyUsed\r$/m);
    expect(text).toContain("Content-Type: text/plain");
    expect(text).not.toContain("text/html");
    expect(text).toMatch(/QuotaNearlyUsed of ml\r?\nIt means trouble\./);
    expect(text).toContain("Runbook: https://runbooks.example.com/QuotaNearlyUsed.md");
  });

  it("tells who waits for the heartbeat, and nobody else", async () => {
    await alertmanager.fire(alert("Watchdog", "critical", { heartbeat: "true" }));
    const { body } = await called<WebhookCall>("/heartbeat", () => true);
    expect(body).toMatchObject({ version: "4", status: "firing", alerts: [{ labels: { alertname: "Watchdog" } }] });
    await everythingSent();
    expect(JSON.stringify(web.calls.all.filter(({ path }) => path !== "/heartbeat"))).not.toContain("Watchdog");
  });

  it("is silent about what follows from something worse, until that is over", async () => {
    const worse = alert("ErrorBudgetBurnFast", "critical", { workload: "trainer" });
    await alertmanager.fire(worse);
    await slack("[prod] critical: ErrorBudgetBurnFast of trainer");
    await alertmanager.fire(
      alert("WorkloadLatency", "warning", { workload: "trainer" }),
      alert("WorkloadLatency", "warning", { workload: "other" }),
    );
    await slack("[prod] warning: WorkloadLatency of other");
    await everythingSent();
    expect(titles()).not.toContain("[prod] warning: WorkloadLatency of trainer");
    await alertmanager.fire(over(worse));
    await slack("[prod] warning: WorkloadLatency of trainer");
  });

  it("is silent about what is on a node that is gone, and not about the node", async () => {
    await alertmanager.fire(alert("NodeNotReady", "warning", { node: "a" }));
    await slack("[prod] warning: NodeNotReady");
    await alertmanager.fire(alert("PodNotReady", "warning", { node: "a" }), alert("PodCrashLooping", "warning", { node: "b" }));
    await slack("[prod] warning: PodCrashLooping");
    await everythingSent();
    expect(titles()).not.toContain("[prod] warning: PodNotReady");
  });

  it("says that nobody comes in, and not that of each route", async () => {
    const down = alert("GatewayDown", "critical", { namespace: "" });
    await alertmanager.fire(down);
    await pagerduty("trigger", "GatewayDown");
    await alertmanager.fire(alert("RouteDown", "critical", { workload: "web", route: "example.com/" }));
    await everythingSent();
    expect(titles()).not.toContain("[prod] critical: RouteDown of web");
    await alertmanager.fire(over(down));
    await pagerduty("trigger", "RouteDown of web");
  });

  it("is silent about warnings of a team that has maintenance, and wakes it all the same", async () => {
    const search = { owner: "search-team", workload: "search" };
    await alertmanager.fire(alert("PodUnschedulable", "warning", search));
    await everythingSent();
    expect(titles()).not.toContain("[prod] warning: PodUnschedulable of search");
    await alertmanager.fire(alert("WorkloadErrorsCritical", "critical", search));
    await pagerduty("trigger", "WorkloadErrorsCritical of search");
  });

  let sentinels = 0;

  /** Waits for a warning that came later than what is looked for in vain: each group waits for a tenth of a second. */
  async function everythingSent(): Promise<void> {
    sentinels += 1;
    const workload = `sentinel-${sentinels}`;
    await alertmanager.fire(alert("Sentinel", "warning", { workload }));
    await slack(`[prod] warning: Sentinel of ${workload}`);
  }

  function slack(title: string): Promise<Call<SlackMessage>> {
    return called<SlackMessage>("/slack", ({ attachments: [attachment] }) => attachment.title === title);
  }

  function pagerduty(action: string, summary: string): Promise<Call<PagerdutyEvent>> {
    return called<PagerdutyEvent>(
      "/pagerduty",
      ({ event_action, payload }) => event_action === action && payload.summary.includes(summary),
    );
  }

  function called<Body>(path: string, fits: (body: Body) => boolean): Promise<Call<Body>> {
    return web.calls.first((call) => call.path === path && fits(call.body as Body)) as Promise<Call<Body>>;
  }

  function titles(): readonly string[] {
    return web.calls.all.filter(({ path }) => path === "/slack").map(({ body }) => (body as SlackMessage).attachments[0].title);
  }

  /** That of prod, but for where the receivers are and how long it waits; and the search team has maintenance all the time. */
  function configuration(): string {
    const always = { days, start: "00:00", end: "24:00", severities: ["warning"], owners: ["search-team"] } as const;
    return debianConfiguration(alertmanagerConfiguration(withMaintenance({ always })), {
      heartbeatUrl: web.url("/heartbeat"),
      receiver: (given) => ({
        ...withFiles(given, join(folder, "secrets")),
        ...("routing_key_file" in given ? { url: web.url("/pagerduty") } : {}),
        ...("smarthost" in given ? { smarthost: mail.address, require_tls: false } : {}), // Node makes no certificates
      }),
      route: (route) => (route.group_wait === undefined ? route : { ...route, group_wait: "100ms", group_interval: "300ms" }),
    });
  }
});

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

function withMaintenance(maintenance: Environment["observability"]["alerting"]["maintenance"]): Environment {
  const { prod } = environments;
  const { observability } = prod;
  return { ...prod, observability: { ...observability, alerting: { ...observability.alerting, maintenance } } };
}

function withFiles(given: Readonly<Record<string, unknown>>, secrets: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, typeof value === "string" ? value.replace(secretsFolder, secrets) : value]),
  );
}

function alert(name: string, severity: string, labels: Readonly<Record<string, string>> = {}) {
  return {
    labels: { alertname: name, severity, environment: "prod", namespace: "ml", owner: "ml-team", ...labels },
    annotations: {
      summary: `${name} of ${labels.pod ?? labels.workload ?? "ml"}`,
      description: "It means trouble.",
      runbook_url: `https://runbooks.example.com/${name}.md`,
    },
    generatorURL: "http://localhost:9090/graph",
  };
}

function over<Fired>(fired: Fired): Fired & { readonly endsAt: string } {
  return { ...fired, endsAt: new Date().toISOString() };
}
