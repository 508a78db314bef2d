import { canaryText, type Canary } from "../../../rehearsal/canaries/canary";
import { CanarySearch } from "../../../rehearsal/canaries/canary-search";
import { misplacedInOutput } from "../../../rehearsal/canaries/engine-output";

const ofCluster: Canary = {
  text: canaryText("000000000001"),
  stack: "local-cluster",
  type: "kind_cluster",
  key: "",
  attribute: "client_key",
};
const ofPassword: Canary = { ...ofCluster, text: canaryText("000000000002"), type: "random_password", attribute: "result" };
const search = new CanarySearch([ofCluster, ofPassword]);

/** Which attributes were found in which step. */
function found(log: string, stack = "local-cluster") {
  return misplacedInOutput(log, stack, search).map(({ canary, place }) => [place, canary.attribute]);
}

describe("the output of an engine", () => {
  it("is clean when no secret is in it", () => {
    expect(found("\n# plan\nno changes\n\n# destroy\n- canary -> null\n")).toEqual([]);
  });

  it("fails when a secret is in it, and says in which step", () => {
    const log = `\n# init\n# of old\n\n# plan\n + password = "${ofPassword.text}"\n\n# apply\n${ofCluster.text} ${ofPassword.text}\n`;
    expect(found(log)).toEqual([
      ["plan", "result"],
      ["apply", "client_key"],
      ["apply", "result"],
    ]);
  });

  it("may show what no schema marks, when its owner destroys it; nothing else, and no other stack", () => {
    const log = `\n# destroy\n- client_key = "${ofCluster.text}" -> null\n- result = "${ofPassword.text}" -> null\n`;
    expect(found(log)).toEqual([["destroy", "result"]]);
    expect(found(log, "local-state")).toEqual([
      ["destroy", "client_key"],
      ["destroy", "result"],
    ]);
  });
});
