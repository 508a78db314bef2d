import { checkApplications } from "../../../applications/check";
import { nameProblems, type NameKind } from "../../../constructs/shared/kubernetes-names";
import { describe as told } from "../../../constructs/shared/errors";
import { environments } from "../../../environments/index";
import { environmentsWith, plain, refusals } from "../changed";

const application = (name: string, changes: object = {}) => ({
  ...{ name, description: "Something", owner: "anybody", secrets: {}, access: { viewers: [], admins: [] }, workloads: { server: plain } },
  ...changes,
});
const lines = (...applications: readonly unknown[]) => checkApplications(applications, Object.values(environments)).problems.map(told);
const database = { ...plain, connects: [{ to: "database" }] };

describe("names of applications", () => {
  test("fails when two are the same", () => {
    expect(lines(application("shop"), application("other"), application("shop"))).toEqual([
      'applications.2: name is "shop", must be different from that of applications.0; rename one of the two',
    ]);
  });

  test.each(["default", "kube-system", "kube-public", "kube-x", "local-path-storage"])("fails when one is %s", (name) => {
    expect(lines(application(name))).toEqual([
      `applications.0: name is "${name}", must be none of Kubernetes' own namespaces: default, kube-*, local-path-storage; rename the application: its namespace is called the same`,
    ]);
  });

  test.each(["Shop", "shop_1", "-shop", "shop-", "1shop", "", "a".repeat(21), 5, undefined])("fails when one is %j", (name) => {
    expect(lines(application("x", { name }))).toEqual([expect.stringMatching(/^applications\.0: name is .*, must be /)]);
  });

  test("may be anything else", () => {
    expect(lines(application("a"), application("kubernetes"), application("a".repeat(20)), application("a-1"))).toEqual([]);
  });
});

describe("names of workloads", () => {
  test.each(["Server", "server_1", "a".repeat(21), "a".repeat(53), ""])("fails when one is %j, whatever it is", (name) => {
    for (const kind of ["deployment", "stateful-set"]) {
      expect(lines(application("shop", { workloads: { [name]: { ...plain, kind } } }))).toEqual([
        expect.stringMatching(
          /^applications\.shop\.workloads: key is ".*", must be (lower-case letters|at most 20 characters; shorten it|text)/,
        ),
      ]);
    }
  });

  test("do not hide what else is wrong with it", () => {
    const workloads = { Server: { ...plain, replicas: -1, ports: [{ name: "HTTP", port: 8080 }] } };
    expect(lines(application("shop", { workloads }))).toEqual([
      'applications.shop.workloads: key is "Server", must be lower-case letters, digits and inner hyphens, a letter first; rename it',
      "applications.shop.workloads.Server: replicas is -1, must be a whole number from 0 to 1000 (pods); choose one within that range",
      expect.stringContaining('applications.shop.workloads.Server.ports.0: name is "HTTP"'),
    ]);
  });

  test("are what Kubernetes takes, as long as they may be, with those of migrations behind them", () => {
    const longest = "a".repeat(20);
    expect(
      lines(application(longest, { workloads: { [longest]: { ...plain, migrations: [{ name: longest, command: ["a"] }] } } })),
    ).toEqual([]);
    const kinds: readonly NameKind[] = ["namespace", "service", "cron job", "stateful set", "job", "label"];
    for (const kind of kinds) expect(nameProblems("", "", kind === "job" ? `${longest}-${longest}` : longest, kind)).toEqual([]);
  });

  test("fails when two are the same behind those of their applications", () => {
    const shops = [application("shop", { workloads: { "web-api": plain } }), application("shop-web", { workloads: { api: plain } })];
    expect(lines(...shops)).toEqual([
      'applications.shop-web.workloads.api: name is "shop-web-api", must be a name that is no other\'s behind that of its application: shop has it, too; rename one of the two',
    ]);
  });
});

describe("composed names", () => {
  const longest = "a".repeat(20);

  test("fails when a role's is too long, once, where it is first", () => {
    const workloads = { [longest]: database, b: database };
    expect(lines(application("b".repeat(20), { workloads }))).toEqual([]);
    const renamed = environmentsWith({ dev: { project: "c".repeat(18) }, staging: { project: "c".repeat(14) } });
    const one = application("b".repeat(20), { workloads });
    const name = `${"c".repeat(18)}-dev-${"b".repeat(20)}-${longest}`;
    expect(name).toHaveLength(64);
    expect(checkApplications([one], renamed).problems).toEqual([]);
    const longer = environmentsWith({ dev: { project: "c".repeat(19) }, staging: { project: "c".repeat(20) } });
    expect(checkApplications([one], longer).problems.map(told)).toEqual([
      `dev.applications.${one.name}.workloads.${longest}: name of the IAM role is "${"c".repeat(19)}-dev-${one.name}-${longest}", must be at most 64 characters, not 65; change the application's name, or the part that follows it`,
    ]);
    expect(checkApplications([application("b".repeat(20), { workloads: { [longest]: plain } })], longer).problems).toEqual([]);
  });

  test("fails when a secret's ends like what Secrets Manager adds", () => {
    expect(
      refusals({ "search.secrets": { apikey: { from: "given" } }, "search.workloads.other": { ...plain, secrets: { KEY: "apikey" } } }),
    ).toEqual([
      'dev.applications.search.secrets.apikey: name of the Secrets Manager secret is "ml-platform-dev/search-apikey", must be letters, digits and / _ + = . @ -, without a hyphen and six of them at its end; change the application\'s name, or the part that follows it',
    ]);
  });

  test("fails when two secrets are the same behind those of their applications", () => {
    const using = (secret: string) => ({
      secrets: { [secret]: { from: "given" } },
      workloads: { [`w${secret.length}`]: { ...plain, secrets: { KEY: secret } } },
    });
    expect(lines(application("shop", using("web-api")), application("shop-web", using("api")))).toEqual([
      'applications.shop-web.secrets: api is "shop-web-api", must be a name that is no other\'s behind that of its application: shop has it, too; rename one of the two',
    ]);
  });
});
