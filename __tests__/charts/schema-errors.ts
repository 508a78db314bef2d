import Ajv from "ajv";
import Ajv2019 from "ajv/dist/2019";
import Ajv2020 from "ajv/dist/2020";

/** Patterns of types are Go's: a flag may stand in them. */
const goPattern = Object.assign((pattern: string) => new RegExp(pattern.replace("(?i)", ""), pattern.includes("(?i)") ? "i" : ""), {
  code: "new RegExp",
});

// Charts and types use formats and keywords of their own, which say nothing of a value's shape.
const options = {
  strict: false,
  allErrors: true,
  verbose: true,
  validateFormats: false,
  unicodeRegExp: false,
  logger: false,
  code: { regExp: goPattern },
} as const;

/** Drafts of JSON Schema that are not Ajv's own default. */
const drafts = [
  ["2019-09", () => new Ajv2019(options)],
  ["2020-12", () => new Ajv2020(options)],
] as const;

/** Compiles a schema into what tells all that is wrong with a value, by its place. What only Terraform knows is taken as it is. */
export function schemaCheck(schema: object): (value: unknown) => readonly string[] {
  const { $schema = "" } = schema as { readonly $schema?: string };
  const [, judge] = drafts.find(([draft]) => $schema.includes(draft)) ?? [undefined, () => new Ajv(options)];
  const validate = judge().compile(schema);
  return (value) => {
    if (validate(value)) return [];
    return (validate.errors ?? [])
      .filter(({ data }) => !(typeof data === "string" && data.includes("${")))
      .map(({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`);
  };
}
