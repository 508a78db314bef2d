import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { RuleGroup } from "./alert";
import { ruleObject } from "./rule-object";

export interface PrometheusRulesProps {
  readonly environment: Environment;
  /** Where they are kept; by its name when it is not of this stack. */
  readonly namespace: GuardedNamespace | string;
  /** The release and the object are called `<name>-rules`. */
  readonly name: string;
  readonly groups: readonly RuleGroup[];
  /** Team that answers for the alerts. @default the environment's */
  readonly owner?: string;
  /** What has to be there before: the rules' type, when it is of the same stack. */
  readonly requires: readonly Installed[];
}

/** Recorded series and alerts. Each alert says how bad it is, whose it is, and where its runbook is. */
export class PrometheusRules extends Construct implements Installed {
  /** Escape hatch. */
  readonly rules: Manifests;
  readonly installed: readonly ITerraformDependable[];

  /** @throws ConfigurationError with everything that is wrong with a rule */
  constructor(scope: Construct, id: string, props: PrometheusRulesProps) {
    super(scope, id);
    const { environment, groups, name, namespace, owner = environment.owner, requires } = props;
    const namespaceName = typeof namespace === "string" ? namespace : namespace.namespaceName;
    const rule = ruleObject(this.node.path, { environment, namespace: namespaceName, name, groups, owner });
    this.rules = new Manifests(this, "Rules", { release: `${name}-rules`, namespace, resources: [rule], requires });
    this.installed = this.rules.installed;
  }
}
