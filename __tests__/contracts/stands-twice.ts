import type { TerraformStack } from "cdktf";
import type { Layer } from "../../constructs/catalog";
import type { Environment } from "../../environments/environment";
import { dataStackOf, type DataParts } from "../data-stack";
import { platformStackOf, type PlatformParts } from "../platform-stack";
import { synthesizedStack, type SynthesizedResource, type SynthesizedStack } from "../synthesized";

/**
 * Every variant can be made twice in one stack. Nothing of either copy may vanish: cdktf merges elements with
 * the same address without a word. Physical names are the environment's, so both copies have the same ones; two
 * environments are what keeps those apart.
 */
export function itStandsTwice(environment: Environment, layer: Layer, make: (stack: TerraformStack, id: string) => void): void {
  it("stands twice in one stack without losing an element", () => {
    const synthesized = (build: (stack: TerraformStack) => void) =>
      layer === "platform" ? platformStackOf(environment, ({ stack }) => build(stack)) : synthesizedStack(environment, layer, build);
    const one = synthesized((stack) => make(stack, "One"));
    const two = synthesized((stack) => {
      make(stack, "One");
      make(stack, "Other");
    });

    expectTwice(one, two);
  });
}

/** The same for what needs the platform around it. */
export function itStandsTwiceOnPlatform(environment: Environment, make: (parts: PlatformParts, id: string) => void): void {
  it("stands twice in one stack without losing an element", () => {
    const one = platformStackOf(environment, (parts) => make(parts, "One"));
    const two = platformStackOf(environment, (parts) => {
      make(parts, "One");
      make(parts, "Other");
    });

    expectTwice(one, two);
  });
}

/** The same for what needs what the data stack hands over. */
export function itStandsTwiceInData(environment: Environment, make: (parts: DataParts, id: string) => void): void {
  it("stands twice in one stack without losing an element", () => {
    const one = dataStackOf(environment, (parts) => make(parts, "One"));
    const two = dataStackOf(environment, (parts) => {
      make(parts, "One");
      make(parts, "Other");
    });

    expectTwice(one, two);
  });
}

/** Parts that a stack has once, whatever asks for them: the topic of its alarms. */
const onceInStack = /^AlarmTopic_/;

function expectTwice(one: SynthesizedStack, two: SynthesizedStack): void {
  expect(typesOf(two)).toEqual(typesOf(one).flatMap((type) => [type, type]));
  expect(Object.keys(two.json.output ?? {})).toHaveLength(2 * Object.keys(one.json.output ?? {}).length);
  expect(physicalNames(two)).toEqual(physicalNames(one).flatMap((name) => [name, name]));
}

function ownResources(stack: SynthesizedStack): readonly SynthesizedResource[] {
  return stack.resources.filter(({ name }) => !onceInStack.test(name));
}

function typesOf(stack: SynthesizedStack): readonly string[] {
  return ownResources(stack)
    .map(({ type }) => type)
    .sort();
}

function physicalNames(stack: SynthesizedStack): readonly string[] {
  return ownResources(stack)
    .flatMap(({ type, values }) => {
      const name = values.name ?? (type === "aws_s3_bucket" ? values.bucket : undefined);
      // A reference is to something of the same copy.
      return typeof name === "string" && !name.includes("${") ? [`${type} ${name}`] : [];
    })
    .sort();
}
