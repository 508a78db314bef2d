import { charts, chartNames, type ChartName } from "../../../constructs/ledger/charts";
import { eksAddons } from "../../../constructs/ledger/eks-addons";
import { engines } from "../../../constructs/ledger/engines";
import { imageEntries } from "../../../constructs/ledger/images";
import { aYearAfter, type LedgerEntry } from "../../../constructs/ledger/ledger-entry";
import { isDay } from "../../../environments/day";
import { environments } from "../../../environments/index";
import { kubernetesVersions } from "../../../environments/kubernetes-versions";
import { synthesizedVariants } from "../../every-variant";

const { local } = environments;

/** Charts whose add-ons are not part of the platform stack yet. Wiring one in takes it off. */
const stillToCome: readonly ChartName[] = [];

/** SPDX identifiers of what we run. A new one is looked at before it is added. */
const licences = ["AGPL-3.0-only", "Apache-2.0", "BSD-3-Clause", "GPL-2.0-or-later", "MIT", "MIT-0", "PostgreSQL"];

const imagesOf = (value: unknown): readonly string[] => {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => (key === "image" && typeof below === "string" ? [below] : imagesOf(below)));
};

const ours = [local.kind.nodeImage, local.stateStore.image, local.registry.image];
/** What the platform brings; the images of applications are their teams' business. */
const ofPlatform = synthesizedVariants().flatMap(({ stacks }) =>
  Object.entries(stacks).flatMap(([name, stack]) => (name.endsWith("-apps") ? [] : stack.resources)),
);
const images = [...new Set([...ours, ...ofPlatform.flatMap(({ values }) => imagesOf(values))])];

const entries: readonly (readonly [string, LedgerEntry])[] = [
  ...Object.entries(charts),
  ...images.flatMap((image) => Object.entries(imageEntries(image))),
  ...Object.values(eksAddons).flatMap((addons) => Object.entries(addons)),
  ...Object.entries(engines).flatMap(([engine, versions]) =>
    Object.entries(versions).map(([version, entry]) => [`${engine} ${version}`, entry] as const),
  ),
];

describe("the ledger", () => {
  it.each(entries)("has %s with an exact version, where it is from, its licence, and the day until which it is supported", (_, entry) => {
    expect(entry.version).toMatch(
      /^(1[78]|v?\d+(\.\d+){1,2}(-eksbuild\.\d+|-standard-trixie|-alpine[\d.]*)?|v\d{8}|RELEASE\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)$/,
    );
    expect(entry.source).toMatch(/^(https|oci):\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(\/[\w.-]+)*$/);
    expect(licences).toContain(entry.licence);
    expect(isDay(entry.support.ends)).toBe(true);
  });

  it("has every image of our own pods and nodes, in the version that is pinned", () => {
    expect(images.length).toBeGreaterThanOrEqual(3);
    expect(images.filter((image) => Object.keys(imageEntries(image)).length === 0)).toEqual([]);
  });

  it("has every Kubernetes version that an environment may choose", () => {
    expect(Object.keys(engines.kubernetes)).toEqual([...kubernetesVersions]);
    expect(Object.keys(eksAddons)).toEqual([...kubernetesVersions]);
  });

  describe("of charts", () => {
    const releases = synthesizedVariants().flatMap(({ resources }) => resources.filter(({ type }) => type === "helm_release"));
    const fetched = releases.filter(({ values }) => values.repository !== undefined);

    it("has everything that is fetched, from where and in which version it is fetched", () => {
      expect(fetched.length).toBeGreaterThan(0);
      for (const { values } of fetched) {
        const entry = charts[values.chart as ChartName];
        expect(values).toMatchObject({ repository: entry.source, version: entry.version });
      }
    });

    it("fetches nothing else: what has no repository is a chart of this project", () => {
      const own = releases.filter(({ values }) => values.repository === undefined).map(({ values }) => values.chart);
      expect(own.filter((chart) => !/^assets\/\w+\/[0-9A-F]{32}$/.test(String(chart)))).toEqual([]);
    });

    it("has nothing that no variant installs", () => {
      const installed = new Set(fetched.map(({ values }) => values.chart));
      expect(chartNames.filter((name) => !installed.has(name))).toEqual(stillToCome);
    });
  });
});

describe("imageEntries", () => {
  it("knows an image by its name and tag, with or without a digest", () => {
    const { version } = imageEntries(local.registry.image)["docker.io/library/registry"] ?? {};
    expect(local.registry.image).toContain(`:${version}@sha256:`);
    expect(imageEntries(`docker.io/library/registry:${version}`)).toEqual(imageEntries(local.registry.image));
  });

  it.each([
    "docker.io/library/registry:2.8.3", // another version is somebody's own choice
    "localhost:5000/registry:3.1.2",
    "docker.io/library/registry",
    "docker.io/library/registry@sha256:3.1.2",
    "docker.io/library/toString:1",
    "",
  ])("knows nothing of %j", (image) => {
    expect(imageEntries(image)).toEqual({});
  });
});

describe("aYearAfter", () => {
  it.each([
    ["2026-08-21", "2027-08-21"],
    ["2026-12-31", "2027-12-31"],
    ["2028-02-29", "2029-02-28"],
  ])("%s is %s", (released, ends) => {
    expect(aYearAfter(released)).toEqual({ ends, saidBy: "us" });
  });
});
