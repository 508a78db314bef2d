import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { largestDashboard, readDashboards } from "../../../constructs/dashboards/dashboard-problems";
import { Dashboards } from "../../../constructs/dashboards/dashboards";
import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import { environments } from "../../../environments/index";
import { committedDashboards } from "../../dashboards/committed-dashboards";
import { platformStackOf } from "../../platform-stack";
import type { SynthesizedStack } from "../../synthesized";

interface ConfigMap {
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly data: Readonly<Record<string, string>>;
}

function dashboardsIn(environment: (typeof environments)["dev"], from?: string): SynthesizedStack {
  return platformStackOf(environment, ({ stack }) => {
    const namespace = new GuardedNamespace(stack, "Namespace", { environment, name: "monitoring" });
    new Dashboards(stack, "Dashboards", { environment, namespace, ...(from === undefined ? {} : { from }) });
  });
}

describe("Dashboards", () => {
  const stack = dashboardsIn(environments.dev);
  const maps = stack.all("kubernetes_config_map_v1") as readonly object[] as readonly ConfigMap[];

  it("puts each committed dashboard where Grafana looks for it", () => {
    expect(maps.map(({ metadata: { name } }) => name)).toEqual(
      committedDashboards()
        .map(({ uid }) => `dashboard-${uid}`)
        .sort(),
    );
    for (const { metadata } of maps)
      expect(metadata).toMatchObject({ labels: { grafana_dashboard: "1" }, annotations: { grafana_folder: "Evenkeel" } });
  });

  it("fills in what differs by environment, and leaves the rest as it is committed", () => {
    const { name, observability } = environments.dev;
    const applied = maps.map(({ data }) => JSON.parse(asTerraformReads(Object.values(data)[0] ?? "")) as unknown);
    const expected = JSON.stringify(committedDashboards())
      .replaceAll("@environment@", name)
      .replaceAll("@runbooks@", observability.alerting.runbooks);
    expect(applied).toEqual(JSON.parse(expected));
    expect(JSON.stringify(applied)).not.toMatch(/@\w+@/);
    expect(JSON.stringify(applied)).toContain(`${observability.alerting.runbooks}/database-cpu.md`);
  });

  it("keeps Terraform from reading anything into variables of Grafana", () => {
    for (const { data } of maps) {
      const [text = ""] = Object.values(data);
      expect(text).toContain("$${environment}");
      expect(text.replaceAll("$${", "")).not.toMatch(/[$%]\{/);
    }
  });

  it("takes no more room than it needs", () => {
    for (const { data } of maps) expect(Object.values(data)[0]).not.toContain("\n");
  });
});

describe("dashboards that nobody could take", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "evenkeel-dashboards-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("fails when files hold no dashboard, one id twice, or more than a ConfigMap: all at once", () => {
    const files = {
      "a.json": '{"uid": "one"}',
      "b.json": '{"uid": "one"}',
      "c.json": '{"uid": ',
      "d.json": JSON.stringify({ uid: "large", description: "x".repeat(largestDashboard) }),
      "e.json": '{"uid": "Not A Name"}',
      "f.json": "[]",
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const bytes = JSON.stringify({ uid: "large", description: "x".repeat(largestDashboard) }).length;

    const path = (name: string) => expect.stringMatching(new RegExp(`${name}$`));
    expect(problemsOf(() => dashboardsIn(environments.dev, folder))).toEqual([
      {
        path: path("b.json"),
        field: "uid",
        value: "one",
        limit: expect.stringMatching(/^different from that of .*a\.json$/),
        fix: expect.any(String),
      },
      { path: path("c.json"), field: "content", value: '{"uid": ', limit: "a dashboard as a JSON object", fix: "run `npm run dashboards`" },
      { path: path("d.json"), field: "bytes", value: bytes, limit: "at most 1032192", fix: "split the dashboard: no ConfigMap holds more" },
      {
        path: path("e.json"),
        field: "uid",
        value: "Not A Name",
        limit: expect.stringContaining("at most 40"),
        fix: "rename the dashboard",
      },
      { path: path("f.json"), field: "content", value: "[]", limit: "a dashboard as a JSON object", fix: "run `npm run dashboards`" },
    ]);
  });

  it.each([largestDashboard, largestDashboard + 1])("counts bytes, not letters: %d", (bytes) => {
    const frame = JSON.stringify({ uid: "x", title: "" });
    const title = "ä".repeat(Math.floor((bytes - frame.length) / 2)) + "x".repeat((bytes - frame.length) % 2);
    const { problems } = readDashboards([{ path: "x.json", text: JSON.stringify({ uid: "x", title }, undefined, 1) }]);
    expect(problems.map(({ value }) => value)).toEqual(bytes > largestDashboard ? [bytes] : []);
  });
});

function problemsOf(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return (error as { problems?: unknown }).problems;
  }
  return undefined;
}

/** Text of a literal of Terraform. */
function asTerraformReads(text: string): string {
  return text.replace(/([$%])\1\{/g, "$1{");
}
