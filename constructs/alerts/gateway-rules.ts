import type { RuleGroup } from "../monitoring/alert";

/** The way in of all routes; what is behind one of them is its workload's. */
export const gatewayRules: RuleGroup = {
  name: "gateway",
  alerts: [
    {
      name: "GatewayDown",
      expression: "max(probe_success) == 0",
      forMinutes: 2, // a minute before routes say it one by one: Alertmanager silences them while this fires
      severity: "critical",
      summary: "No route answers",
      description: "Requests by the way in of the cluster get no answer with a status of success, whichever route they are for.",
    },
  ],
};
