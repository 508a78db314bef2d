import { literalText, literalTexts } from "../../../constructs/shared/literal-text";

it("leaves Terraform nothing to read", () => {
  expect(literalText("${HOME} and %{ if true }, not $HOME, 100 % or $$")).toBe("$${HOME} and %%{ if true }, not $HOME, 100 % or $$");
});

it("does so for many, by their names", () => {
  expect(literalTexts({ A: "${B}", C: "D" })).toEqual({ A: "$${B}", C: "D" });
});
