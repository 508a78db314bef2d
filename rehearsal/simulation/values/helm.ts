import { always, momentSeconds, textAt } from "./common-values";
import type { ValueContext, ValueTable } from "./value-table";

/** Settings that are off, and known to be so in a plan. */
const off = (
  "atomic cleanup_on_fail create_namespace dependency_update disable_crd_hooks disable_openapi_validation disable_webhooks force_update " +
  "lint pass_credentials recreate_pods replace reset_values reuse_values skip_crds take_ownership upgrade_install verify wait_for_jobs"
).split(" ");

/** Releases of charts. No chart is looked at: a release has no manifest here. */
export const helm: ValueTable = {
  helm_release: {
    planned: {
      ...always(false, ...off),
      ...always(true, "render_subchart_notes", "wait"),
      max_history: () => 0,
      namespace: () => "default",
      status: () => "deployed",
      timeout: () => 300,
    },
    applied: {
      ...always("", "description", "set.type"),
      id: (context) => textAt(context, "name"),
      manifest: () => "{}",
      metadata,
      resources: () => ({}),
      version: chartVersion,
    },
    renewed: ["id", "manifest", "metadata", "resources"],
  },
};

function chartVersion(context: ValueContext): string {
  return textAt(context, "version") ?? "1.0.0";
}

function metadata(context: ValueContext): object {
  const before = context.prior?.metadata as Readonly<Record<string, unknown>> | null | undefined;
  return {
    app_version: chartVersion(context),
    chart: textAt(context, "chart")?.split("/").at(-1) ?? "",
    first_deployed: momentSeconds,
    last_deployed: momentSeconds,
    name: textAt(context, "name") ?? "",
    namespace: textAt(context, "namespace") ?? "default",
    notes: "",
    revision: typeof before?.revision === "number" ? before.revision + 1 : 1,
    values: "{}",
    version: chartVersion(context),
  };
}
