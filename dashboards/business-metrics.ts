import type { Application } from "../applications/application";
import { measurePanels, measuresOf } from "./measures";
import type { Board } from "./panel";

/** What applications count of the business: two panels for each of their `measures`. */
export function businessMetrics(applications: readonly Application[]): Board {
  const measures = measuresOf(applications);
  return {
    uid: "business-metrics",
    title: "Business metrics",
    description: "What the platform is there for: what applications declare as their measures.",
    tags: ["business"],
    since: "7d",
    rows: applications
      .map(({ description, name }) => ({
        title: `${name}: ${description}`,
        panels: measures.filter(({ application }) => application === name).flatMap(measurePanels),
      }))
      .filter(({ panels }) => panels.length > 0),
  };
}
