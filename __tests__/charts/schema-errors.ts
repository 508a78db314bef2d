import Ajv from "ajv";
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

/** Compiles a schema into what tells all that is wrong with a value, by its place. What only Terraform knows is taken as it is. */
export function schemaCheck(schema: object): (value: unknown) => readonly string[] {
  const { $schema } = schema as { readonly $schema?: string };
  const validate = ($schema?.includes("2020-12") ? new Ajv2020(options) : new Ajv(options)).compile(schema);
  return (value) => {
    if (validate(value)) return [];
    return (validate.errors ?? [])
      .filter(({ data }) => !(typeof data === "string" && data.includes("${")))
      .map(({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`);
  };
}
