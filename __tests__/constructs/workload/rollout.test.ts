import { patienceWith } from "../../../constructs/workload/rollout";
import { plain } from "../../applications/changed";

describe("the time that a rollout has", () => {
  it("is ten minutes for a node, and two for each pod", () => {
    expect(patienceWith(plain, 1)).toEqual({ progressDeadlineSeconds: 720, timeouts: { create: "12m", update: "12m" } });
    expect(patienceWith(plain, 10).timeouts).toEqual({ create: "30m", update: "30m" });
  });

  it("is that of a node where there is no pod", () => {
    expect(patienceWith(plain, 0).timeouts.create).toBe("12m");
  });

  it("has room for a start as slow as it is allowed to be", () => {
    const slow = { ...plain, probes: { startup: { path: "/", port: "http", periodSeconds: 5, failureThreshold: 60 } } };
    expect(patienceWith(slow, 2)).toEqual({ progressDeadlineSeconds: 1020, timeouts: { create: "24m", update: "24m" } });
    expect(patienceWith({ ...plain, probes: { startup: { path: "/", port: "http" } } }, 1).progressDeadlineSeconds).toBe(750);
  });

  it("has room for the end of pods only where others wait for it", () => {
    const ending = { ...plain, terminationSeconds: 600 };
    expect(patienceWith(ending, 1).progressDeadlineSeconds).toBe(720);
    expect(patienceWith({ ...ending, rollout: "after" }, 1).progressDeadlineSeconds).toBe(1320);
    expect(patienceWith({ ...plain, kind: "stateful-set" }, 3).timeouts.create).toBe("18m"); // 600 and 3 x (120 + 30)
    expect(patienceWith({ ...ending, kind: "stateful-set" }, 3).timeouts.create).toBe("46m");
  });
});
