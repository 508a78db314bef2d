import type { Alert } from "../monitoring/alert";

/** Something in lines of logs that somebody has to know; Loki looks for it. Every series that the expression yields is an alert of its own. */
export interface LogAlert extends Alert {
  /** LogQL that yields numbers, such as a rate of lines. */
  readonly expression: string;
}
