import { Faults } from "../../../rehearsal/simulation/faults";

const values = { policy: '{"b":1,"a":[2]}', name: "one", days: 3, tags: { Name: "{}" }, nothing: null };

function unheld(): void {
  throw new Error("an apply was held");
}

describe("Faults", () => {
  it("do nothing where there are none", async () => {
    const faults = new Faults(undefined, unheld);
    await faults.beforeApply("aws_vpc");
    expect(faults.read("aws_vpc", values)).toBe(values);
    expect(faults.kept(values)).toBe(values);
  });

  it("keep documents in another spelling with the same meaning, and leave the rest alone", () => {
    const faults = new Faults({ kind: "normalizes-json" }, unheld);
    const kept = faults.kept({ ...values, template: "{{ not JSON }}" });
    expect(kept).toEqual({ ...values, policy: expect.any(String) as unknown, template: "{{ not JSON }}" });
    expect(kept.policy).not.toBe(values.policy);
    expect(JSON.parse(String(kept.policy))).toEqual({ b: 1, a: [2] });
    expect(faults.read("aws_vpc", values)).toBe(values);
  });

  it("read another text every time, of one attribute of one type", () => {
    const faults = new Faults({ kind: "changing-read", type: "aws_vpc", attribute: "name" }, unheld);
    const first = faults.read("aws_vpc", values);
    const second = faults.read("aws_vpc", values);
    expect(first).toEqual({ ...values, name: expect.any(String) as unknown });
    expect([first.name, second.name]).not.toContain("one");
    expect(second.name).not.toBe(first.name);
    expect(faults.read("aws_subnet", values)).toBe(values);
    expect(faults.kept(values)).toBe(values);
  });

  it("leave things of one type when they are destroyed", () => {
    const faults = new Faults({ kind: "outlives-destroy", type: "aws_vpc" }, unheld);
    expect(["aws_vpc", "aws_subnet"].map((type) => faults.outlives(type))).toEqual([true, false]);
    expect(new Faults(undefined, unheld).outlives("aws_vpc")).toBe(false);
  });

  it("hold the applies of one type until they are released, and none after that", async () => {
    const held: string[] = [];
    const done: string[] = [];
    const faults = new Faults({ kind: "held-apply", type: "aws_vpc" }, (type) => held.push(type));
    const apply = async (type: string, name: string) => {
      await faults.beforeApply(type);
      done.push(name);
    };

    const waiting = [apply("aws_vpc", "first"), apply("aws_vpc", "second")];
    await apply("aws_subnet", "other");
    expect({ held, done }).toEqual({ held: ["aws_vpc", "aws_vpc"], done: ["other"] });

    faults.release();
    await Promise.all(waiting);
    await apply("aws_vpc", "third");
    expect(done).toEqual(["other", "first", "second", "third"]);
    expect(held).toHaveLength(2);
  });
});
