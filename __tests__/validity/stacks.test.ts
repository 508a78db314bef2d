/// <reference types="cdktf/lib/testing/adapters/jest" />
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { providers } from "../../constructs/shared/providers";
import { environments } from "../../environments";
import { environmentNames } from "../../environments/environment";
import type { ProviderSchema } from "../../rehearsal/schemas/provider-schema";
import { adaptToInstalled, relaxedProviders } from "../../rehearsal/real-providers/adapted-stack";
import { installProviders, missingEngine, schemasOf, type InstalledProviders } from "../../rehearsal/real-providers/installed-providers";
import { leftOutProblems, type LeftOutLists } from "../../rehearsal/real-providers/left-out";
import leftOut from "../../rehearsal/real-providers/left-out-arguments.json";
import type { TerraformJson } from "../../operations/terraform-json";
import { only } from "../synthesized";
import { inExistingVpc, synthesizeStacks, writeCopy, type Stack } from "./stack-copies";
import { StackProviders } from "./stack-providers";
import { cannotRun } from "../cannot-run";

jest.setTimeout(120_000); // a validation takes half a second on a quiet machine, and the AWS provider 5 seconds to start

const lists: LeftOutLists = leftOut;
const pinned = { aws: providers.aws };

const missing = missingEngine();
if (missing === undefined) validate(prepare());
else cannotRun(`The stacks cannot be validated here: ${missing}`);

interface Prepared {
  readonly work: string;
  /** By what jest calls them. */
  readonly stacks: readonly (readonly [string, Stack])[];
  /** The real AWS provider, or why it cannot be had. */
  readonly installed: InstalledProviders | string;
}

/** All of this comes before the first test: jest wants to know the tests at once. */
function prepare(): Prepared {
  const work = mkdtempSync(join(tmpdir(), "evenkeel-validity-"));
  try {
    const committed = synthesizeStacks(join(work, "committed"), environmentNames);
    const production = { ...environments, prod: inExistingVpc(environments.prod) };
    const moved = synthesizeStacks(join(work, "existing-vpc"), ["prod"], production)
      // What looks the same in an existing VPC is validated once.
      .filter(({ json }) => !committed.some((stack) => isDeepStrictEqual(stack.json, json)));
    const stacks = [
      ...committed.map((stack) => [stack.name, stack] as const),
      ...moved.map((stack) => [`${stack.name} in an existing VPC`, stack] as const),
    ];
    return { work, stacks, installed: installProviders(work, pinned) };
  } catch (error) {
    rmSync(work, { recursive: true });
    throw error;
  }
}

function validate({ work, stacks, installed }: Prepared): void {
  const real = typeof installed === "string" ? undefined : installed;
  if (typeof installed === "string") console.warn(`The AWS provider is simulated: ${installed}`);
  const relaxed = relaxedProviders(pinned, real?.required ?? {});
  let started: StackProviders | undefined;
  let schemas: Readonly<Record<string, ProviderSchema>> = {};

  beforeAll(async () => {
    started = await StackProviders.start(work, real);
    if (real && relaxed.length > 0) schemas = schemasOf(real, started.reattachReal);
  });

  afterAll(async () => {
    await started?.stop();
    rmSync(work, { recursive: true });
  });

  /** A stack as it ships, but for what an older AWS provider does not know. */
  const adapt = ({ json }: Stack) => adaptToInstalled(json, real?.required ?? {}, schemas);

  const attached = (name: string, json: TerraformJson, check: () => void) => {
    if (started === undefined) throw new Error("the providers have not started");
    return started.attachedTo(name, json, check);
  };

  /** The engine's words about a stack with more resources, which its providers may know or not. */
  async function refusal(label: string, more: Resources, served: "more types" | "its types" = "more types"): Promise<string> {
    const stack = only(
      stacks.flatMap(([name, stack]) => (name === label ? [stack] : [])),
      label,
    );
    const { json } = adapt(stack);
    const broken = { ...json, resource: merged(json.resource ?? {}, more) };
    const copy = writeCopy(mkdtempSync(join(work, "broken-")), stack, broken);
    let message = "";
    await attached(label, served === "its types" ? json : broken, () => {
      ({ message } = captured(() => expect(copy).toBeValidTerraform()));
    });
    return message.replaceAll('\\"', '"');
  }

  describe(`every stack, with ${real ? `the AWS provider ${real.required.aws?.version}` : "a simulated AWS provider"}`, () => {
    it.each(stacks)("%s is valid", async (label, stack) => {
      const copy = writeCopy(join(work, "copies", label), stack, adapt(stack).json);
      await attached(label, stack.json, () => expect(copy).toBeValidTerraform());
    });

    if (relaxed.length > 0) {
      it("leaves out for an older provider what the committed list says, and nothing else", () => {
        const found = stacks.flatMap(([label, stack]) => adapt(stack).unknown.map((one) => ({ stack: label, ...one })));
        const problems = relaxed.flatMap(({ source, version }) =>
          leftOutProblems(
            found.filter((one) => one.source === source),
            lists[source]?.[version] ?? [],
            `${source} ${version}`,
          ),
        );
        expect(problems).toEqual([]);
      });
    }

    // Negative controls: these copies go the way of the others, but nothing is left out of what they have in addition.
    it("fails when a stack on AWS has an unknown argument, one of a wrong type, and a reference to nothing", async () => {
      const message = await refusal("dev-state", {
        aws_iam_role: { Unknown: { assume_role_policy: "{}", colour: "blue" } },
        aws_kms_key: { WrongType: { deletion_window_in_days: "soon" } },
        aws_kms_alias: { Dangling: { target_key_id: "${aws_kms_key.Gone.id}" } },
      });
      expect(message).toContain('No argument or block type is named "colour"');
      expect(message).toContain("a number is required");
      expect(message).toContain('resource "aws_kms_key" "Gone" has not been declared');
    });

    if (real) {
      it("fails when a value is wrong that no schema knows to be wrong", async () => {
        const message = await refusal("dev-state", { aws_kms_key: { TooSoon: { deletion_window_in_days: 3 } } });
        expect(message).toContain("expected deletion_window_in_days to be in the range (7 - 30)");
      });
    }

    it("fails when a stack of the laptop has an unknown argument, one of a wrong type, and a reference to nothing", async () => {
      const message = await refusal("local-state", {
        kubernetes_namespace_v1: { Unknown: { metadata: { name: "one" }, colour: "blue" } },
        random_password: { WrongType: { length: "soon" } },
        kubernetes_config_map_v1: { Dangling: { metadata: { name: "${random_password.Gone.id}" } } },
      });
      expect(message).toContain('No argument or block type is named "colour"');
      expect(message).toContain("a number is required");
      expect(message).toContain('resource "random_password" "Gone" has not been declared');
    });

    it("fails when a stack has a type that it is not served", async () => {
      const message = await refusal(
        "local-platform",
        { kubernetes_pod_disruption_budget_v1: { Strange: { metadata: { name: "one" } } } },
        "its types",
      );
      expect(message).toContain('does not support resource type "kubernetes_pod_disruption_budget_v1"');
    });

    it("fails when a stack has a type that the committed schemas lack", async () => {
      const lacking = refusal("dev-state", { aws_lightsail_instance: { New: {} } });
      await expect(lacking).rejects.toThrow("aws_lightsail_instance is used, but not in the committed schemas: run npm run schemas");
    });

    it("fails when a stack has a type of a provider that is not pinned", async () => {
      const message = await refusal("local-platform", { tls_private_key: { New: { algorithm: "ED25519" } } });
      expect(message).toMatch(/provider \S+\/hashicorp\/tls was not found/);
    });
  });
}

type Resources = NonNullable<TerraformJson["resource"]>;

function merged(resources: Resources, more: Resources): Resources {
  const added = Object.entries(more).map(([type, named]) => [type, { ...resources[type], ...named }]);
  return { ...resources, ...(Object.fromEntries(added) as Resources) };
}

function captured(action: () => void): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
