import { boundedPods } from "../../../constructs/policy/bounded-pods";
import { judged } from "./judge";
import { container, everyKindOf, everyPlaceOf, podSpec } from "./pods";

const policy = boundedPods({ mode: "enforce", excludedNamespaces: [] });

const requests = { cpu: "10m", memory: "32Mi" };
const limits = { memory: "64Mi" };
const mustRequest = "every container must request cpu and memory";
const mustLimit = "every container must have a memory limit";

describe("bounded pods", () => {
  it.each([
    ["requests and a memory limit", container({ resources: { requests, limits } })],
    ["a CPU limit, which nobody asks for", container({ resources: { requests, limits: { ...limits, cpu: "1" } } })],
  ])("may have %s", (_, one) => {
    for (const spec of Object.values(everyPlaceOf(one))) {
      expect(judged(policy, everyKindOf(spec))).toEqual({ Pod: [], Deployment: [], CronJob: [] });
    }
  });

  it("may have ephemeral containers, which Kubernetes lets ask for nothing", () => {
    const { Pod } = everyKindOf(podSpec({ ephemeralContainers: [{ name: "debugger", image: "registry.example.com/tools:1" }] }));
    expect(judged(policy, { Pod })).toEqual({ Pod: [] });
  });

  it.each([
    ["says nothing", undefined, [mustRequest, mustLimit]],
    ["says nothing in many words", {}, [mustRequest, mustLimit]],
    ["has limits alone", { limits }, [mustRequest]],
    ["has requests alone", { requests }, [mustLimit]],
    ["requests no CPU", { requests: { memory: "32Mi" }, limits }, [mustRequest]],
    ["requests no memory", { requests: { cpu: "10m" }, limits }, [mustRequest]],
    ["limits its CPU alone", { requests, limits: { cpu: "1" } }, [mustLimit]],
  ])("fails when a container %s", (_, resources, messages) => {
    const { containers, initContainers } = everyPlaceOf(container({ resources }));
    for (const spec of [containers, initContainers]) {
      expect(judged(policy, everyKindOf(spec ?? {}))).toEqual({ Pod: messages, Deployment: messages, CronJob: messages });
    }
  });
});
