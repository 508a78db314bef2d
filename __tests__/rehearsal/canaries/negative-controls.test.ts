import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rehearse, type RehearsalReport } from "../../../rehearsal/loop/rehearse";
import { storedResources } from "../../../rehearsal/loop/stored-resources";
import { describeRehearsal } from "../describe-rehearsal";
import { remoteState, synthesizeBlocks, type Blocks } from "./synthesize-blocks";

jest.setTimeout(300_000);

const random_password = { Admin: { length: 32, special: false } };
const admin = "random_password.Admin.result";
const kind_cluster = { Laptop: { name: "laptop" } };

/** A stack with a password and a config map that has it in one way or another. */
function configMap(password: string, more: NonNullable<Blocks["resource"]> = {}): Blocks {
  return {
    resource: { random_password, ...more, kubernetes_config_map_v1: { Settings: { metadata: { name: "settings" }, data: { password } } } },
  };
}

/** A stack with a password and a release that has it in one way or another. */
function release(args: Readonly<Record<string, unknown>>): Blocks {
  return { resource: { random_password, helm_release: { Board: { name: "board", chart: "board", ...args } } } };
}

/** What should be: the password is in a secret, whose name travels; one more stack is told of it by an output that is marked. */
const clean: Blocks = {
  resource: {
    random_password,
    kubernetes_secret_v1: { Admin: { metadata: { name: "admin" }, data: { user: "admin", password: `\${${admin}}` } } },
    kubernetes_config_map_v1: {
      Settings: { metadata: { name: "settings" }, data: { secret: "${kubernetes_secret_v1.Admin.metadata[0].name}" } },
    },
    helm_release: {
      Board: {
        name: "board",
        chart: "board",
        values: ["${yamlencode({ existingSecret = kubernetes_secret_v1.Admin.metadata[0].name })}"],
        repository_password: `\${${admin}}`,
      },
    },
    kind_cluster,
  },
  output: { password: { value: `\${${admin}}`, sensitive: true } },
};

/** Where a rehearsal copies a stack to. @param outdir that it synthesizes into */
function copyOf(stack: string, outdir: string): string {
  return join(dirname(outdir), "cdktf.out/stacks", stack);
}

/** The password of a stack that has been applied, and has nothing else. */
function passwordIn(folder: string): string {
  const [password] = storedResources(readFileSync(`${folder}.tfstate`, "utf8"));
  return String(password?.values.result);
}

describeRehearsal("a rehearsal of stacks with secrets", () => {
  const said: string[] = [];

  /** Each environment has stacks of its own, so that one rehearsal tells of several. */
  async function rehearsed(synthesize: ReturnType<typeof synthesizeBlocks>, onLine: (line: string) => void = () => undefined) {
    const say = (line: string) => {
      said.push(line);
      onLine(line);
    };
    return rehearse({ synthesize, progress: { step: (_, work) => work(), say } });
  }

  /** The only failure of a stack. */
  function failureOf({ failures }: RehearsalReport, stack: string): string {
    const messages = failures.map(({ message }) => message);
    expect(messages).toContainEqual(expect.stringMatching(new RegExp(`^${stack}: `)));
    return messages.find((message) => message.startsWith(`${stack}: `)) ?? "";
  }

  it("comes through where secrets stay in theirs, and tells how many there were", async () => {
    const reading = { data: remoteState("dev-state"), ...configMap("none") };
    const { output, ...closed } = clean;
    const { failures, stacks } = await rehearsed(synthesizeBlocks({ prod: { state: clean }, dev: { state: closed, cluster: reading } }));
    expect(output).not.toEqual({});
    expect(failures).toEqual([]);
    // A password and its hash; a key and a kubeconfig.
    expect(stacks.map(({ stack, canaries }) => [stack, canaries])).toEqual([
      ["prod-state", 4],
      ["dev-state", 4],
      ["dev-cluster", 2],
    ]);
    expect(said).toContainEqual(expect.stringMatching(/^prod-state: canaries: 4 secrets of its own, and none where it may not be/));
  });

  it("fails when the engine shows a password only when it destroys it", async () => {
    let folder = "";
    const synthesize = synthesizeBlocks({ dev: { state: { resource: { random_password } } } });
    const into = (outdir: string) => {
      folder = copyOf("dev-state", outdir);
      return synthesize(outdir);
    };
    const report = await rehearsed(into, (line) => {
      if (line.startsWith("dev-state: canaries"))
        appendFileSync(`${folder}.log`, `\n# destroy\n- result = "${passwordIn(folder)}" -> null\n`);
    });
    expect(failureOf(report, "dev-state").split("\n").slice(0, 3)).toEqual([
      "dev-state: a secret is where none may be",
      "random_password.Admin.result of dev-state is in",
      "  output of the engine: destroy",
    ]);
    expect(report.stacks.map(({ failed }) => failed)).toEqual(["destroy"]);
  });

  describe("turns red", () => {
    let report: RehearsalReport;
    beforeAll(async () => {
      report = await rehearsed(
        synthesizeBlocks({
          local: { state: configMap("${kind_cluster.Laptop.kubeconfig}", { kind_cluster }) },
          dev: { state: release({ values: [`\${yamlencode({ adminPassword = ${admin} })}`] }) },
          staging: { state: { ...configMap(`\${${admin}}`) } },
          prod: { state: { resource: { random_password }, output: { password: { value: `\${nonsensitive(${admin})}` } } } },
        }),
      );
    });

    it("fails when a password is in the values of a chart", () => {
      const [problem, secret, ...places] = failureOf(report, "dev-state").split("\n");
      expect([problem, secret]).toEqual(["dev-state: a secret is where none may be", "random_password.Admin.result of dev-state is in"]);
      expect(places).toEqual([
        "  state: helm_release.Board values.0",
        "  plan: helm_release.Board values.0",
        "  provider: helm_release board values.0",
        expect.stringMatching(/^keep it in a Kubernetes secret or in the secret store, and let its name travel/),
      ]);
    });

    it("fails when a password is in a config map", () => {
      expect(failureOf(report, "staging-state").split("\n").slice(0, 5)).toEqual([
        "staging-state: a secret is where none may be",
        "random_password.Admin.result of staging-state is in",
        "  state: kubernetes_config_map_v1.Settings data.password",
        "  plan: kubernetes_config_map_v1.Settings data.password",
        "  provider: kubernetes_config_map_v1 settings data.password",
      ]);
    });

    it("fails when an output that is not marked has a password, which the engine prints", () => {
      expect(failureOf(report, "prod-state").split("\n")).toEqual([
        "prod-state: a secret is where none may be",
        "random_password.Admin.result of prod-state is in",
        "  state: output password value",
        "  plan: output password",
        "  plan: output password value",
        "  output of the engine: apply",
        expect.stringContaining("let its name travel"),
        expect.stringContaining("mark the output sensitive"),
      ]);
    });

    it("fails when a config map has a kubeconfig, which no schema marks, and with it the key", () => {
      const message = failureOf(report, "local-state");
      expect(message).toMatch(/^local-state: 2 secrets are where none may be\n/);
      for (const attribute of ["kubeconfig", "client_key"]) {
        expect(message).toContain(
          `kind_cluster.Laptop.${attribute} of local-state is in\n  state: kubernetes_config_map_v1.Settings data.password\n`,
        );
      }
    });
  });

  describe("turns red, where it is harder to see,", () => {
    let report: RehearsalReport;
    beforeAll(async () => {
      let folder = "";
      const synthesize = synthesizeBlocks({
        local: { state: release({ set_wo: [{ name: "password", value: `\${${admin}}` }], set_wo_revision: 1 }) },
        dev: { state: clean, cluster: { data: remoteState("dev-state") } },
        staging: { state: release({ values: [`\${base64encode(format("user:%s", ${admin}))}`] }) },
        prod: { state: { resource: { random_password } } },
      });
      const into = (outdir: string) => {
        folder = copyOf("prod-state", outdir);
        return synthesize(outdir);
      };
      report = await rehearsed(into, (line) => {
        if (!line.startsWith("prod-state: apply")) return;
        mkdirSync(join(folder, "assets"));
        writeFileSync(join(folder, "assets/leak.txt"), passwordIn(folder));
      });
    });

    it("fails when a stack reads all outputs of another, and has its password in its own state", () => {
      expect(failureOf(report, "dev-cluster").split("\n").slice(0, 3)).toEqual([
        "dev-cluster: a secret is where none may be",
        "random_password.Admin.result of dev-state is in",
        "  state: data.terraform_remote_state.other outputs.value.password",
      ]);
      expect(said).toContainEqual(expect.stringMatching(/^dev-state: canaries: 4 secrets/)); // its own state may have it
    });

    it("fails when the values of a chart have a password in base64", () => {
      expect(failureOf(report, "staging-state")).toContain("\n  state: helm_release.Board values.0\n");
    });

    it("fails when a release gets a password that no state has", () => {
      expect(failureOf(report, "local-state").split("\n").slice(1, 3)).toEqual([
        "random_password.Admin.result of local-state is in",
        "  provider: helm_release board set_wo.0.value",
      ]);
    });

    it("fails when a file of the stack has a password", () => {
      expect(failureOf(report, "prod-state").split("\n").slice(1, 3)).toEqual([
        "random_password.Admin.result of prod-state is in",
        "  what ships: assets/leak.txt",
      ]);
    });
  });
});
