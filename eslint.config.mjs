import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

/** One rule of the design, told with its reason. */
const restrict = (selector, message) => ({ selector, message });

const processEnvironment = restrict(
  "MemberExpression[object.name='process'][property.name='env'], MemberExpression[object.property.name='process'][property.name='env'], " +
    "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
  "Read environment variables in environments/variables.ts: one place says what there is.",
);
const environmentOf = (field) =>
  [
    `MemberExpression[property.name='${field}'][object.name='environment']`,
    `MemberExpression[property.name='${field}'][object.property.name='environment']`,
  ].join(", ");
const targetSwitch = restrict(
  `${environmentOf("target")}, VariableDeclarator[init.name='environment'] > ObjectPattern > Property[key.name='target']`,
  "Only constructs/catalog.ts decides on the target; ask the catalog for what differs.",
);
const environmentName = restrict(
  `:matches(BinaryExpression, SwitchStatement) > :matches(${environmentOf("name")})`,
  "dev, staging and prod differ by data: add a field to the environment.",
);
const nonNull = restrict("TSNonNullExpression", "Say what happens when the value is missing.");
const vagueName = restrict(
  "ExportNamedDeclaration > :matches(ClassDeclaration, FunctionDeclaration, TSInterfaceDeclaration)[id.name=/(Manager|Helper|Util|Utils|Base)$/]",
  "Name what it does: a technology for a variant, a role for an interface.",
);

export default tseslint.config(
  { ignores: ["node_modules/**", "cdktf.out/**", ".state/**", ".venv/**", ".venv-checkov/**", "**/*.cjs", "*.js", "*.mjs"] },
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
      "no-restricted-syntax": ["error", processEnvironment, targetSwitch, environmentName, nonNull, vagueName],
    },
  },
  {
    files: [
      "applications",
      "compliance",
      "constructs",
      "dashboards",
      "diagram",
      "environments",
      "operations",
      "parity",
      "rehearsal",
      "stacks",
    ].map((folder) => `${folder}/**/*.ts`),
    plugins: { jsdoc },
    rules: {
      "jsdoc/require-jsdoc": [
        "error",
        {
          publicOnly: true,
          require: { ClassDeclaration: true, FunctionDeclaration: true },
          contexts: ["TSInterfaceDeclaration:not([id.name=/(Props|Options)$/])"],
        },
      ],
      "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["constructs/catalog.ts"],
    rules: { "no-restricted-syntax": ["error", processEnvironment, environmentName, nonNull, vagueName] },
  },
  {
    files: ["applications/rules/**/*.ts", "environments/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", processEnvironment, nonNull, vagueName] },
  },
  { files: ["environments/variables.ts"], rules: { "no-restricted-syntax": ["error", nonNull, vagueName] } },
  {
    files: ["applications", "compliance", "dashboards", "diagram", "environments", "operations", "parity", "rehearsal", "scripts"].map(
      (folder) => `${folder}/**/*.ts`,
    ),
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^(cdktf|@cdktf)(/|$)", message: "Only constructs/ and stacks/ know cdktf, so that its successor is a rename." },
          ],
        },
      ],
    },
  },
);
