import { boundedPods } from "../../../constructs/policy/bounded-pods";
import { judged } from "./judge";
import { container, everywhere, kindsOf, placesOf, podSpec } from "./pods";

const policy = boundedPods({ mode: "enforce", excludedNamespaces: [] });

const requests = { cpu: "10m", memory: "32Mi" };
const limits = { memory: "64Mi" };
const mustRequest = "every container must request cpu and memory";
const mustLimit = "every container must have a memory limit";

/** In containers and init containers of all kinds. */
const asking = (resources?: object) => placesOf(container({ resources })).slice(0, 2).flatMap(kindsOf);

describe("bounded pods", () => {
  it.each(
    judged(policy, [
      ["requests and a memory limit", everywhere(container({ resources: { requests, limits } })), []],
      ["a CPU limit, which nobody asks for", everywhere(container({ resources: { requests, limits: { ...limits, cpu: "1" } } })), []],
      [
        "ephemeral containers, which Kubernetes lets ask for nothing",
        kindsOf(podSpec({ ephemeralContainers: [{ name: "debugger", image: "registry.example.com/tools:1" }] })),
        [],
      ],
    ]),
  )("may have %s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });

  it.each(
    judged(policy, [
      ["says nothing", asking(undefined), [mustRequest, mustLimit]],
      ["says nothing in many words", asking({}), [mustRequest, mustLimit]],
      ["has limits alone", asking({ limits }), [mustRequest]],
      ["has requests alone", asking({ requests }), [mustLimit]],
      ["requests no CPU", asking({ requests: { memory: "32Mi" }, limits }), [mustRequest]],
      ["requests no memory", asking({ requests: { cpu: "10m" }, limits }), [mustRequest]],
      ["limits its CPU alone", asking({ requests, limits: { cpu: "1" } }), [mustLimit]],
    ]),
  )("fails when a container or an init container %s", (_, said, expected) => {
    expect(said).toHaveLength(6);
    expect(said).toEqual(expected);
  });
});
