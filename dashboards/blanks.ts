/**
 * What an environment fills into the committed dashboards. Neither Terraform nor Grafana nor PromQL reads anything into them; whoever
 * adds one fills it in `constructs/dashboards/dashboards.ts`.
 */
export const blanks = {
  /** Name of the environment. */
  environment: "@environment@",
  /** Address of the folder with the runbooks of alerts. */
  runbooks: "@runbooks@",
} as const;
