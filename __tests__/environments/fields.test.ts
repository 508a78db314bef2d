import { pattern } from "../../environments/fields";

test("fails at the length alone when a text is too long, as an expression could run over it for minutes", () => {
  const issuesOf = (text: string) =>
    pattern(3, /^a*$/, "all a", "rewrite it")
      .safeParse(text)
      .error?.issues.map(({ message }) => message);
  expect(issuesOf("aaa")).toBeUndefined();
  expect(issuesOf("bbb")).toEqual(["all a; rewrite it"]);
  expect(issuesOf("bbbb")).toEqual(["at most 3 characters; shorten it"]);
  expect(issuesOf("")).toEqual(["text that is not empty; write what it says"]);
});
