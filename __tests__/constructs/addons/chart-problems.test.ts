import { Release, type ReleaseConfig } from "@cdktf/provider-helm/lib/release";
import { chartProblems } from "../../../constructs/addons/chart-problems";
import { describe as told } from "../../../constructs/shared/errors";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";

const fetched = { name: "shop", chart: "shop", repository: "https://charts.example.com" };

function problems(config: ReleaseConfig): readonly string[] {
  const found: string[] = [];
  platformStackOf(environments.dev, ({ stack }) => found.push(...chartProblems(new Release(stack, "Shop", config)).map(told)));
  return found;
}

describe("chartProblems", () => {
  it.each(["1.2.3", "v1.2.3", "10.20.30-rc.1"])("has nothing against version %s", (version) => {
    expect(problems({ ...fetched, version })).toEqual([]);
  });

  it("asks for no version of a chart of this project, which is none but the one that is there", () => {
    expect(problems({ name: "shop", chart: "assets/ManifestsChart/0123" })).toEqual([]);
  });

  it("fails when a chart that is fetched has no version", () => {
    const limit = "must be an exact version such as 1.2.3; name the one that was tested, in constructs/ledger/charts.ts";
    expect(problems(fetched)).toEqual([`dev-platform/Shop: version of shop is missing, ${limit}`]);
    expect(problems({ name: "shop", chart: "oci://charts.example.com/shop" })).toHaveLength(1);
  });

  it.each(["", "1", "1.2", "^1.2.3", "~1.2.3", ">=1.2.3", "1.2.x", "*", "latest", "1.2.3 - 2", "1.2.3 || 2.0.0"])(
    "fails when the version may mean several charts: %j",
    (version) => {
      expect(problems({ ...fetched, version })).toEqual([
        expect.stringContaining(`version of shop is "${version}", must be an exact version such as 1.2.3; `),
      ]);
    },
  );
});
