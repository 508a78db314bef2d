import { isComposed } from "../constructs/shared/composed";
import { describe as told } from "../constructs/shared/errors";
import type { Environment } from "../environments/environment";
import { platformStackOf, type PlatformParts } from "./platform-stack";

/** What is told about a platform once all of it has been composed, line by line; nothing when it is right. */
export function composedProblems(environment: Environment, build: (parts: PlatformParts) => void): readonly string[] {
  const problems: string[] = [];
  platformStackOf(environment, (parts) => {
    build(parts);
    problems.push(
      ...parts.stack.node
        .findAll()
        .filter(isComposed)
        .flatMap((construct) => construct.problems().map(told)),
    );
  });
  return problems;
}
