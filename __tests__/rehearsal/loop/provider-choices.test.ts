import { OperationError } from "../../../operations/operation-error";
import { chosenProviders } from "../../../rehearsal/loop/provider-choices";

describe("chosenProviders", () => {
  it("are all simulated, unless AWS is to be real", () => {
    expect(chosenProviders([])).toEqual({});
    expect(chosenProviders(["aws=simulated", "helm=simulated"])).toEqual({});
    expect(chosenProviders(["helm=simulated", "aws=real"])).toEqual({ real: { apply: false } });
    expect(chosenProviders(["aws=real"], true)).toEqual({ real: { apply: true } });
  });

  it("are the later ones where two are given", () => {
    expect(chosenProviders(["aws=simulated", "aws=real"])).toEqual({ real: { apply: false } });
    expect(chosenProviders(["aws=real", "aws=simulated"])).toEqual({});
  });

  it("fails when there is no such choice, with all that is wrong and what there is", () => {
    expect(() => chosenProviders(["helm=real", "google=real", "aws", "aws=real"])).toThrow(
      new OperationError(
        [
          "--provider is helm=real, must be helm=simulated; only aws can be real, the others need a cluster to talk to",
          "--provider is google=real, must be <name>=real or <name>=simulated; the providers are aws, helm, kind, kubernetes, random",
          "--provider is aws, must be <name>=real or <name>=simulated; the providers are aws, helm, kind, kubernetes, random",
        ].join("\n"),
      ),
    );
  });

  it.each([[[]], [["aws=real", "aws=simulated"]]])("fails when something is to be applied without the real provider: %j", (choices) => {
    expect(() => chosenProviders(choices, true)).toThrow("--apply is given, must come with --provider aws=real; add that");
  });
});
