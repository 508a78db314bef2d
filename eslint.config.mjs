import tseslint from "typescript-eslint";

/** One rule of the design, told with its reason. */
const restrict = (selector, message) => ({ selector, message });

const processEnvironment = restrict(
  "MemberExpression[object.name='process'][property.name='env']",
  "Read environment variables in environments/variables.ts: one place says what there is.",
);
const targetSwitch = restrict(
  "MemberExpression[property.name='target'][object.name='environment'], MemberExpression[property.name='target'][object.property.name='environment']",
  "Only constructs/catalog.ts decides on the target; ask the catalog for what differs.",
);
const environmentName = restrict(
  ":matches(BinaryExpression, SwitchStatement) > MemberExpression[property.name='name'][object.name='environment'], " +
    "BinaryExpression > MemberExpression[property.name='name'][object.property.name='environment']",
  "dev, staging and prod differ by data: add a field to the environment.",
);
const nonNull = restrict("TSNonNullExpression", "Say what happens when the value is missing.");

export default tseslint.config(
  { ignores: ["node_modules/**", "cdktf.out/**", ".state/**", "**/*.cjs", "*.js", "*.mjs"] },
  tseslint.configs.strict,
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-extraneous-class": "off", // a construct may be all constructor
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^@cdktf/provider-[a-z]+$", message: "Import from /lib/<resource>: the barrel costs 2,600 files and 570 MB." },
            { regex: "^cdktf/lib", message: "Import from cdktf: its internals will not survive the move to cdktn." },
          ],
        },
      ],
      "no-restricted-syntax": ["error", processEnvironment, targetSwitch, environmentName, nonNull],
    },
  },
  { files: ["constructs/catalog.ts"], rules: { "no-restricted-syntax": ["error", processEnvironment, environmentName, nonNull] } },
  { files: ["environments/**/*.ts"], rules: { "no-restricted-syntax": ["error", processEnvironment, nonNull] } },
  { files: ["environments/variables.ts"], rules: { "no-restricted-syntax": ["error", nonNull] } },
  {
    files: ["environments/**/*.ts", "operations/**/*.ts", "scripts/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^(cdktf|@cdktf/.*)$", message: "Only constructs/ and stacks/ know cdktf, so that its successor is a rename." },
          ],
        },
      ],
    },
  },
);
