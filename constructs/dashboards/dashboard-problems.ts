import type { Problem } from "../shared/errors";

/** A committed file with a dashboard. */
export interface DashboardSource {
  /** For messages, from the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** A dashboard that Grafana can take. */
export interface ReadDashboard {
  readonly uid: string;
  /** JSON in as few bytes as it takes. */
  readonly content: string;
}

/** What a dashboard may have at most, in bytes: Kubernetes takes objects of 1 MiB, names, labels and annotations with them. */
export const largestDashboard = 1024 * 1024 - 16 * 1024;

/** Both Grafana's, and what makes a name of an object. */
const uidShape = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;

const generate = "run `npm run dashboards`";

/** The dashboards of files, and everything that is wrong with any of them. */
export function readDashboards(sources: readonly DashboardSource[]): {
  readonly dashboards: readonly ReadDashboard[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const paths = new Map<string, string>();
  const dashboards = sources.flatMap(({ path, text }): readonly ReadDashboard[] => {
    const found = (field: string, value: unknown, limit: string, fix: string) => {
      problems.push({ path, field, value, limit, fix });
      return [];
    };
    const dashboard = parsed(text);
    if (dashboard === undefined) return found("content", text, "a dashboard as a JSON object", generate);
    const { uid } = dashboard;
    if (typeof uid !== "string" || !uidShape.test(uid))
      return found("uid", uid, "at most 40 lower-case letters, digits and inner hyphens", "rename the dashboard");
    const other = paths.get(uid);
    if (other !== undefined)
      return found("uid", uid, `different from that of ${other}`, "rename one of the two: Grafana would show either");
    paths.set(uid, path);
    const content = JSON.stringify(dashboard);
    const bytes = Buffer.byteLength(content);
    if (bytes > largestDashboard)
      return found("bytes", bytes, `at most ${largestDashboard}`, "split the dashboard: no ConfigMap holds more");
    return [{ uid, content }];
  });
  return { dashboards, problems };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
