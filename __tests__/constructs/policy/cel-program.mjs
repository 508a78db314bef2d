// Says what Kyverno says of requests, by a policy's own CEL. A program of its own: the library is an ES module, which jest
// does not load. Reads { spec, cases }, lists of requests, and writes lists of verdicts: messages of the validations that fail,
// or null where the policy does not apply.
import { readFileSync } from "node:fs";
import { Environment } from "@marcbachmann/cel-js";

// Whole numbers are integers, as Kubernetes has them; JavaScript would make them fractions.
const { spec, cases } = JSON.parse(readFileSync(0, "utf8"), (_, value) => (Number.isInteger(value) ? BigInt(value) : value));

let signatures = {};
const environment = new Environment({ unlistedVariablesAreDyn: false });
for (const name of ["object", "oldObject", "request", "variables", "images", "attestors"]) environment.registerVariable(name, "dyn");
// Kyverno asks the registry, and counts those attestors that have signed.
environment.registerFunction("verifyImageSignatures(string, list): int", (image, attestors) =>
  BigInt(attestors.filter((attestor) => signatures[image]?.includes(attestor)).length),
);
const parsed = new Map();

process.stdout.write(JSON.stringify(cases.map((requests) => requests.map(verdict))));

function verdict({ object, oldObject = null, operation = "CREATE", signed = {} }) {
  signatures = signed;
  const seen = { object, oldObject, request: { operation } };
  if (!spec.matchConditions.every(({ expression }) => evaluate(expression, seen) === true)) return null;
  const images = imagesOf(seen);
  if (spec.images && Object.values(images).flat().length === 0) return null;
  const attestors = Object.fromEntries((spec.attestors ?? []).map(({ name }) => [name, name]));
  const context = { ...seen, variables: {}, images, attestors };
  for (const { name, expression } of spec.variables ?? []) context.variables[name] = evaluate(expression, context);
  return spec.validations.filter(({ expression }) => evaluate(expression, context) !== true).map(({ message }) => message);
}

/** Lists of images, of which only those stay that the policy is meant for. */
function imagesOf(seen) {
  const meant = (spec.matchImageReferences ?? []).map(({ glob }) => new RegExp(`^${glob.split("*").map(literal).join(".*")}$`));
  const isMeant = (image) => meant.some((pattern) => pattern.test(image));
  return Object.fromEntries((spec.images ?? []).map(({ name, expression }) => [name, evaluate(expression, seen).filter(isMeant)]));
}

function evaluate(expression, context) {
  if (!parsed.has(expression)) parsed.set(expression, environment.parse(expression));
  return parsed.get(expression)(context);
}

function literal(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
