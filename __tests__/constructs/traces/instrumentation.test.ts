import { boundedPods } from "../../../constructs/policy/bounded-pods";
import { pinnedImages } from "../../../constructs/policy/pinned-images";
import { restrictedPods } from "../../../constructs/policy/restricted-pods";
import { trustedImages } from "../../../constructs/policy/trusted-images";
import { agentImages, type Agent } from "../../../constructs/traces/agent-images";
import { instrumentation } from "../../../constructs/traces/instrumentation";
import { judged } from "../policy/judge";
import { container, podSpec } from "../policy/pods";

const scope = { mode: "enforce", excludedNamespaces: [] } as const;
const sources = ["registry.example.com/"];
const agents = ["java", "nodejs", "python", "dotnet"] as const satisfies readonly Agent[];

/** The pod of a workload as the operator makes it: with an init container that copies the agent. */
function injected(agent: Agent) {
  const { initContainerSecurityContext: securityContext, ...spec } = instrumentation.spec;
  const resources = "resources" in spec[agent] ? spec[agent].resources : spec[agent].resourceRequirements;
  const copying = { name: `opentelemetry-auto-instrumentation-${agent}`, image: spec[agent].image, securityContext, resources };
  const pod = podSpec({ containers: [container()], initContainers: [copying] });
  return [{ object: { apiVersion: "v1", kind: "Pod", metadata: { name: "api", namespace: "team" }, spec: pod } }];
}

describe("a pod that got an agent", () => {
  it.each(
    [restrictedPods(scope), boundedPods(scope), pinnedImages(scope), trustedImages(scope, sources, Object.values(agentImages))].flatMap(
      (policy) =>
        judged(
          policy,
          agents.map((agent) => [`${policy.metadata.name} of the agent for ${agent}`, injected(agent), []]),
        ),
    ),
  )("passes %s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });

  it.each(
    judged(trustedImages(scope, sources), [
      ["nobody trusts its agent", injected("java"), [expect.stringContaining("every image must be of registry.example.com/") as string]],
    ]),
  )("fails when %s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });
});

describe("instrumentation", () => {
  it("samples everything: the collector decides", () => {
    expect(instrumentation.spec).toMatchObject({
      exporter: { endpoint: "http://otel-collector.monitoring:4318" },
      propagators: ["tracecontext", "baggage"],
      sampler: { type: "parentbased_always_on" },
    });
  });

  it("has an agent for everything that a workload may declare, but for an SDK of its own", () => {
    expect(Object.keys(agentImages)).toEqual([...agents]);
  });
});
