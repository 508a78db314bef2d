// Says what Kyverno says of requests, by a policy's own CEL. A program of its own: the library is an ES module, which
// jest does not load. Reads { spec, requests, signed } and writes, for each request, undefined messages or those of failed validations.
import { readFileSync } from "node:fs";
import { Environment } from "@marcbachmann/cel-js";

// Whole numbers are integers, as Kubernetes has them; JavaScript would make them fractions.
const { spec, requests, signed } = JSON.parse(readFileSync(0, "utf8"), (_, value) => (Number.isInteger(value) ? BigInt(value) : value));

const environment = new Environment({ unlistedVariablesAreDyn: false });
for (const name of ["object", "oldObject", "request", "variables", "images", "attestors"]) environment.registerVariable(name, "dyn");
// Kyverno asks the registry, and counts the attestors that have signed.
environment.registerFunction("verifyImageSignatures(string, list): int", (image, attestors) =>
  BigInt(attestors.filter((attestor) => signed[image]?.includes(attestor)).length),
);

const verdicts = requests.map(({ object, oldObject = null, operation = "CREATE" }) => {
  const seen = { object, oldObject, request: { operation } };
  if (!spec.matchConditions.every(({ expression }) => environment.evaluate(expression, seen) === true)) return null;
  const context = { ...seen, variables: {}, images: imagesOf(seen), attestors: attestorsOf() };
  if (spec.images && Object.values(context.images).flat().length === 0) return null;
  for (const { name, expression } of spec.variables ?? []) context.variables[name] = environment.evaluate(expression, context);
  return spec.validations.filter(({ expression }) => environment.evaluate(expression, context) !== true).map(({ message }) => message);
});
process.stdout.write(JSON.stringify(verdicts));

/** Lists of images, of which only those stay that the policy is meant for. */
function imagesOf(seen) {
  const meant = (spec.matchImageReferences ?? []).map(
    ({ glob }) =>
      new RegExp(
        `^${glob
          .split("*")
          .map(escape)
          .join(".*")}$`,
      ),
  );
  return Object.fromEntries(
    (spec.images ?? []).map(({ name, expression }) => [
      name,
      environment.evaluate(expression, seen).filter((image) => meant.some((pattern) => pattern.test(image))),
    ]),
  );
}

function attestorsOf() {
  return Object.fromEntries((spec.attestors ?? []).map(({ name }) => [name, name]));
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
