import lock from "../package-lock.json";
import packageJson from "../package.json";

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const entries = Object.entries(lock.packages as Readonly<Record<string, Entry>>);

describe("package-lock.json", () => {
  it("has the binaries of every platform, or `npm ci` would fail on all others", () => {
    const locked = new Set(entries.map(([place]) => place.split("node_modules/").at(-1)));
    const missing = entries.flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !locked.has(name))
        .map((name) => `${name} of ${place}`),
    );
    expect(missing).toEqual([]);
  });

  it("names no registry, and a checksum for every package", () => {
    const packages = entries.filter(([place, { inBundle }]) => place !== "" && !inBundle);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([place]) => place)).toEqual([]);
    expect(packages.filter(([, { integrity }]) => integrity === undefined).map(([place]) => place)).toEqual([]);
  });

  it("pins what package.json names", () => {
    const named = { ...packageJson.dependencies, ...packageJson.devDependencies };
    for (const version of Object.values(named)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    for (const [name, version] of Object.entries(named)) {
      expect(entries.find(([place]) => place === `node_modules/${name}`)?.[1].version).toBe(version);
    }
  });
});
