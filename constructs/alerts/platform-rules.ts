import { logRules } from "../logs/log-rules";
import type { RuleGroup } from "../monitoring/alert";
import { traceRules } from "../traces/trace-rules";
import { autoscalingRules } from "./autoscaling-rules";
import { capacityRules } from "./capacity-rules";
import { certificateRules } from "./certificate-rules";
import { controlPlaneRules } from "./control-plane-rules";
import { gatewayRules } from "./gateway-rules";
import { monitoringRules } from "./monitoring-rules";
import { nodeRules } from "./node-rules";
import { podRules } from "./pod-rules";
import { policyRules } from "./policy-rules";
import { replicaRules } from "./replica-rules";
import { secretRules } from "./secret-rules";
import { volumeRules } from "./volume-rules";

/** What is told of the platform itself, the same in every environment. What an environment does not have says nothing there. */
export const platformRules: readonly RuleGroup[] = [
  monitoringRules,
  controlPlaneRules,
  nodeRules,
  podRules,
  replicaRules,
  volumeRules,
  capacityRules,
  autoscalingRules,
  certificateRules,
  secretRules,
  policyRules,
  gatewayRules,
  logRules,
  traceRules,
];
