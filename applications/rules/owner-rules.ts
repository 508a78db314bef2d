import type { Environment } from "../../environments/environment";
import { problem as problemIn } from "../../environments/rules/rule";
import { suggestion } from "../../environments/suggestion";
import type { Rule } from "./declared";

/** Owners that environments tell, or leave in peace, are those of applications or the environment's. While one is malformed, it may be the one. */
const known: Rule = ({ applications, environments }) => {
  if (!applications.every(({ wellFormed }) => wellFormed(["owner"]))) return [];
  return environments.flatMap((environment) => {
    const owners = [...new Set([environment.owner, ...applications.map(({ application }) => application.owner)])];
    return namedOwners(environment)
      .filter(({ owner }) => !owners.includes(owner))
      .map(({ field, owner }) => {
        const fix = suggestion(owner, owners) ?? "name the owner that an application has";
        return problemIn(environment, field, owner, `an owner: ${owners.join(", ")}`, fix);
      });
  });
};

function namedOwners({ observability: { alerting } }: Environment) {
  const lists = [
    ...alerting.routes.map(({ owners }, index) => [`routes.${index}`, owners] as const),
    ...Object.entries(alerting.maintenance).map(([name, { owners }]) => [`maintenance.${name}`, owners] as const),
  ];
  return lists.flatMap(([place, owners = []]) =>
    owners.map((owner, index) => ({ field: `observability.alerting.${place}.owners.${index}`, owner })),
  );
}

/** Who answers for applications. */
export const ownerRules = [known];
