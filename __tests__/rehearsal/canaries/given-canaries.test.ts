import { canaryText, type Canary } from "../../../rehearsal/canaries/canary";
import { GivenCanaries } from "../../../rehearsal/canaries/given-canaries";
import type { BlockSchema } from "../../../rehearsal/schemas/provider-schema";

const password: Canary = { text: canaryText("0123456789ab"), stack: "dev-state", type: "random_password", key: "one", attribute: "result" };
const text = { type: "string", optional: true } as const;
const block: BlockSchema = {
  attributes: { name: text, note: text, password: { ...text, sensitive: true }, password_wo: { ...text, write_only: true } },
};

describe("GivenCanaries", () => {
  let canaries: GivenCanaries;
  beforeEach(() => {
    canaries = new GivenCanaries();
    canaries.receive("dev-state", "cloud_user", block, { note: password.text }); // nobody knows it yet
    canaries.give(password);
  });

  it("tells each secret once, though every update gives it again", () => {
    canaries.give({ ...password });
    expect(canaries.all).toEqual([password]);
    expect(canaries.receivedBy("dev-state")).toEqual([]);
  });

  it("lets its stack hand a secret to what keeps secrets", () => {
    canaries.receive("dev-state", "cloud_user", block, { password: password.text, password_wo: password.text });
    expect(canaries.receivedBy("dev-state")).toEqual([]);
  });

  it("tells what a provider was given elsewhere, also by its name", () => {
    canaries.receive("dev-state", "cloud_user", block, { name: "admin", note: `is ${password.text}`, password: password.text });
    canaries.receive("dev-state", "cloud_user", block, { metadata: [{ name: "deep" }], note: password.text });
    canaries.receive("dev-state", "cloud_user", block, { tags: { [password.text]: "as a name" } });
    expect(canaries.receivedBy("dev-state")).toEqual([
      { canary: password, source: "provider", place: "cloud_user admin note" },
      { canary: password, source: "provider", place: "cloud_user deep note" },
      { canary: password, source: "provider", place: "cloud_user tags" },
    ]);
    expect(canaries.receivedBy("dev-cluster")).toEqual([]);
  });

  it("tells every place where another stack has it", () => {
    canaries.receive("dev-cluster", "cloud_user", block, { password: password.text });
    expect(canaries.receivedBy("dev-cluster")).toMatchObject([{ place: "cloud_user password" }]);
  });
});
