import { parseDeployedState } from "../../operations/deploy-state";

const state = (attributes: object, outputs: object = {}) =>
  JSON.stringify({
    lineage: "one",
    serial: 1,
    outputs,
    resources: [
      { mode: "managed", type: "aws_lb", name: "One", instances: [{ attributes }] },
      { mode: "data", type: "terraform_remote_state", name: "Other", instances: [{ attributes: {} }] },
    ],
  });
const mark = { unprotected: { value: true, type: "bool" } };

describe("what a state says", () => {
  it("is how many resources there are; none where nothing was ever deployed", () => {
    expect(parseDeployedState(state({}))).toMatchObject({ resources: 1, unprotected: false });
    expect(parseDeployedState("\n")).toMatchObject({ resources: 0, unprotected: false });
  });

  it("is that the protection was lifted, when the mark is there and the cloud keeps nothing", () => {
    expect(parseDeployedState(state({ enable_deletion_protection: false }, mark)).unprotected).toBe(true);
    expect(parseDeployedState(state({ enable_deletion_protection: true }, mark)).unprotected).toBe(false); // somebody has put it back
    expect(parseDeployedState(state({ enable_deletion_protection: false })).unprotected).toBe(false);
    expect(parseDeployedState(state({}, { unprotected: { value: "true" } })).unprotected).toBe(false);
  });

  it("fails when it is no state", () => {
    expect(() => parseDeployedState("<html>")).toThrow(/is no Terraform state.*docs\/runbooks\/state\.md/);
  });
});
