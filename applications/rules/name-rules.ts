import { awsNames, nameLimitBroken, type ComposedName } from "../../constructs/shared/naming";
import type { AwsEnvironment } from "../../environments/environment";
import { onAws } from "../../environments/targets";
import type { Connection } from "../application";
import { eachWorkload, elementsOf, entriesOf, pathIn, problem, type Declared, type Rule } from "./declared";

/** Namespaces that a new cluster has; those of the platform show when all is composed. */
const ofKubernetes = /^(default|kube-.*|local-path-storage)$/;

const applicationNames: Rule = ({ applications }) => {
  const names = applications.map(({ application, wellFormed }) => (wellFormed(["name"]) ? application.name : undefined));
  return names.flatMap((name, index) => {
    if (name === undefined) return [];
    const first = names.indexOf(name);
    const told = (limit: string, fix: string) => [problem("applications", `${index}.name`, name, limit, fix)];
    if (first < index) return told(`different from that of applications.${first}`, "rename one of the two");
    const limit = "none of Kubernetes' own namespaces: default, kube-*, local-path-storage";
    return ofKubernetes.test(name) ? told(limit, "rename the application: its namespace is called the same") : [];
  });
};

/** Names of workloads and secrets go behind those of their applications, and have to differ together, too. */
const together: Rule = ({ applications, workloads }) => [
  ...ambiguities(workloads.map(({ application, name, path }) => ({ application, name, path, field: "name" }))),
  ...ambiguities(
    applications
      .filter(({ wellFormed }) => wellFormed(["name", "secrets"]))
      .flatMap(({ application: { name: application, secrets }, path }) =>
        entriesOf(secrets).map(([name]) => ({ application, name, path: `${path}.secrets`, field: name })),
      ),
  ),
];

interface Named {
  readonly application: string;
  readonly name: string;
  readonly path: string;
  readonly field: string;
}

function ambiguities(all: readonly Named[]) {
  const composed = all.map(({ application, name }) => `${application}-${name}`);
  return all.flatMap(({ application, field, path }, index) => {
    const name = composed[index] ?? "";
    const first = all[composed.indexOf(name)];
    if (first === undefined || first.application === application) return [];
    const limit = `a name that is no other's behind that of its application: ${first.application} has it, too`;
    return [{ path, field, value: name, limit, fix: "rename one of the two" }];
  });
}

/** Whom only somebody with a role of its own talks to in the cloud. */
const asking: readonly Connection["to"][] = ["bucket", "cache", "database"];

const roles = eachWorkload([], (workload, declared) => {
  const { application, name, path } = workload;
  if (!elementsOf(workload, "connects").some(({ value }) => asking.includes(value.to))) return [];
  return broken(declared, path, (environment) => ({ service: "IAM role", name: awsNames(environment).role(`${application}-${name}`) }));
});

const secrets: Rule = (declared) =>
  declared.applications
    .filter(({ wellFormed }) => wellFormed(["name", "secrets"]))
    .flatMap(({ application, path }) =>
      entriesOf(application.secrets).flatMap(([name]) =>
        broken(declared, `${path}.secrets.${name}`, (environment) => ({
          service: "Secrets Manager secret",
          name: awsNames(environment).secret(`${application.name}-${name}`),
        })),
      ),
    );

/** A composed name that AWS refuses, in the first environment that has it. */
function broken({ environments }: Declared, path: string, compose: (environment: AwsEnvironment) => ComposedName) {
  const [first] = onAws(environments).flatMap((environment) => {
    const composed = compose(environment);
    const limit = nameLimitBroken(composed);
    return limit === undefined ? [] : [{ environment, composed, limit }];
  });
  if (first === undefined) return [];
  const { composed, environment, limit } = first;
  const fix = "change the application's name, or the part that follows it";
  return [{ path: pathIn(environment, path), field: `name of the ${composed.service}`, value: composed.name, limit, fix }];
}

/** What things are called. */
export const nameRules = [applicationNames, together, roles, secrets];
