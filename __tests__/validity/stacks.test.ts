/// <reference types="cdktf/lib/testing/adapters/jest" />
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { environments } from "../../environments";
import { only, type TerraformJson } from "../synthesized";
import { AttachedProviders } from "../../rehearsal/real-providers/attached-providers";
import { installProviders, schemasOf, type InstalledProviders } from "../../rehearsal/real-providers/installed-providers";
import { leftOutProblems, type LeftOutLists } from "../../rehearsal/real-providers/left-out";
import leftOut from "../../rehearsal/real-providers/left-out-arguments.json";
import { adaptToInstalled, relaxedProviders } from "../../rehearsal/real-providers/adapted-stack";
import { inExistingVpc, synthesizeStacks, writeCopy, type Stack } from "./stack-copies";
import { surroundings } from "../../rehearsal/real-providers/surroundings";
import { surroundProcess } from "../surround-process";
import type { ProviderSchema } from "../../rehearsal/provider-schema";
import { cannotRun } from "./verdict";

jest.setTimeout(120_000); // a validation takes 2 seconds on a quiet machine

const lists: LeftOutLists = leftOut;
const work = mkdtempSync(join(tmpdir(), "evenkeel-validity-"));
const { stacks, pinned, installed } = prepare();

if (typeof installed !== "string") describe("every AWS stack", () => validate(installed));
else {
  rmSync(work, { recursive: true });
  cannotRun(`The stacks cannot be validated here: ${installed}`);
}

/** All of this comes before the first test: jest wants to know the tests, and which of them to skip, at once. */
function prepare() {
  try {
    const committed = synthesizeStacks(join(work, "committed"), ["dev", "staging", "prod"]);
    const production = { ...environments, prod: inExistingVpc(environments.prod) };
    const moved = synthesizeStacks(join(work, "existing-vpc"), ["prod"], production)
      // What looks the same in an existing VPC is validated once.
      .filter(({ json }) => !committed.some((stack) => isDeepStrictEqual(stack.json, json)));
    const stacks: readonly (readonly [string, Stack])[] = [
      ...committed.map((stack) => [stack.name, stack] as const),
      ...moved.map((stack) => [`${stack.name} in an existing VPC`, stack] as const),
    ];
    const pinned = Object.assign({}, ...stacks.map(([, { json }]) => json.terraform.required_providers));
    return { stacks, pinned, installed: installProviders(work, pinned) };
  } catch (error) {
    rmSync(work, { recursive: true });
    throw error;
  }
}

function validate(installed: InstalledProviders): void {
  let attached: AttachedProviders | undefined;
  let restoreProcess: (() => void) | undefined;
  let schemas: Readonly<Record<string, ProviderSchema>> = {};
  const relaxed = relaxedProviders(pinned, installed.required);
  const adapt = (json: TerraformJson) => adaptToInstalled(json, installed.required, schemas);

  beforeAll(async () => {
    attached = await AttachedProviders.start(installed);
    restoreProcess = surroundProcess({ ...surroundings, TF_REATTACH_PROVIDERS: attached.reattach });
    if (relaxed.length > 0) schemas = schemasOf(installed, attached.reattach);
  });

  afterAll(async () => {
    restoreProcess?.();
    await attached?.stop();
    rmSync(work, { recursive: true });
  });

  it("leaves out for an older provider what the committed list says, and nothing else", () => {
    const found = stacks.flatMap(([stack, { json }]) => adapt(json).unknown.map((one) => ({ stack, ...one })));
    const problems = relaxed.flatMap(({ source, version }) =>
      leftOutProblems(
        found.filter((one) => one.source === source),
        lists[source]?.[version] ?? [],
        `${source} ${version}`,
      ),
    );
    expect(problems).toEqual([]);
  });

  it.each(stacks)("%s is valid", (label, stack) => {
    expect(writeCopy(join(work, "copies", label), stack, adapt(stack.json).json)).toBeValidTerraform();
  });

  it("fails when a stack has an unknown argument, one of a wrong type, and a reference to nothing", () => {
    // The negative control: this copy goes the way of the others, but nothing is left out of it.
    const [, stack] = only(
      stacks.filter(([label]) => label === "dev-state"),
      "dev-state",
    );
    const { json } = adapt(stack.json);
    const resource = {
      ...json.resource,
      aws_iam_role: { Unknown: { assume_role_policy: "{}", colour: "blue" } },
      aws_kms_key: { ...json.resource?.aws_kms_key, WrongType: { deletion_window_in_days: "soon" } },
      aws_kms_alias: { ...json.resource?.aws_kms_alias, Dangling: { target_key_id: "${aws_kms_key.Gone.id}" } },
    };
    const copy = writeCopy(join(work, "broken"), stack, { ...json, resource });
    const { message } = captured(() => expect(copy).toBeValidTerraform());
    expect(message).toContain('No argument or block type is named \\"colour\\"');
    expect(message).toContain("a number is required");
    expect(message).toContain('resource \\"aws_kms_key\\" \\"Gone\\" has not been declared');
  });
}

function captured(action: () => void): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
