import { plain, refusals, refusalsIn } from "../changed";

const digest = `sha256:${"0".repeat(64)}`;
const reader = "search.workloads.reader";
const own = { repository: "search/reader", version: "1.0.0" };
const told = (image: unknown) => refusalsIn("dev", { [`${reader}.image`]: image });

describe("an image by reference", () => {
  test.each(["docker.io/library/nginx:1.29.0", "ghcr.io/cloudnative-pg/postgresql:17.10-standard-trixie"])("may be %s", (name) => {
    expect(told({ reference: `${name}@${digest}` })).toEqual([]);
  });

  test.each([
    "docker.io/library/nginx",
    "docker.io/library/nginx:1.29.0",
    `docker.io/library/nginx@${digest}`,
    `docker.io/library/nginx:latest@${digest}`,
    `library/nginx:1.29.0@${digest}`,
    `nginx:1.29.0@${digest}`,
    `docker.io/library/nginx:1.29.0@${digest.slice(0, -1)}`,
  ])("fails when it is %s", (reference) => {
    expect(told({ reference })).toEqual([
      `applications.${reader}.image: reference is "${reference}", must be an image with registry, tag (not latest) and sha256 digest; write it as registry/name:tag@sha256:digest`,
    ]);
  });

  test("fails when it comes from where an environment trusts nobody: in each of them", () => {
    const reference = `quay.io/team/app:1.0.0@${digest}`;
    const trusted = "docker.io/hashicorp/, docker.io/library/, ghcr.io/cloudnative-pg/";
    const fix = "add where it comes from to policies.trustedRegistries, or copy it to your own";
    expect(refusals({ [`${reader}.image`]: { reference } }, { dev: { "policies.trustedRegistries": ["quay.io/team/"] } })).toEqual(
      expect.arrayContaining(
        ["local", "staging", "prod"].map(
          (name) =>
            `${name}.applications.${reader}.image: reference is "${reference}", must be from a registry that ${name} trusts: ${trusted}; ${fix}`,
        ),
      ),
    );
    expect(told({ reference: `docker.io/libraryx/nginx:1.29.0@${digest}` })).toHaveLength(1);
    const nowhere = refusals({}, { dev: { "policies.trustedRegistries": [] } });
    expect(nowhere[0]).toContain("must be in the registry of dev; ");
  });

  test("of a migration is judged alike", () => {
    const migrations = [{ name: "a", command: ["a"], image: { reference: `quay.io/team/app:1.0.0@${digest}` } }];
    expect(refusalsIn("prod", { [`${reader}.migrations`]: migrations })).toEqual([
      expect.stringContaining(`prod.applications.${reader}.migrations.0.image: reference is "quay.io/`),
    ]);
  });
});

describe("an image of the environment's own registry", () => {
  test.each(["1.0.0", "0.1.2-rc.1", "10.20.30-alpha-1", digest])("may be of version %s", (version) => {
    expect(told({ ...own, version })).toEqual([]);
  });

  test.each(["latest", "1.0", "1", "v1.0.0", "01.0.0", "1.0.0+5", "main", "", digest.slice(0, -1), digest.toUpperCase()])(
    "fails when its version is %j",
    (version) => {
      expect(told({ ...own, version })).toEqual([
        expect.stringMatching(
          /image: version is ".*", must be (a semantic version such as 1\.4\.2, or sha256:<digest>; name what was built|text that is not empty)/,
        ),
      ]);
      expect(told({ repository: "search/reader" })).toEqual([
        `applications.${reader}.image: version is missing, must be text; add the field`,
      ]);
    },
  );

  test("fails when an environment has no repository of the name", () => {
    expect(told({ ...own, repository: "search/raeder" })).toEqual([
      `dev.applications.${reader}.image: repository is "search/raeder", must be one of the images of dev; did you mean search/reader?`,
    ]);
    expect(told({ ...own, repository: "billing" })).toEqual([
      expect.stringContaining("must be one of the images of dev; add it to images"),
    ]);
  });
});

describe("an image", () => {
  test.each([
    [{}, `: image is {}, must be { repository, version } or { reference }; say where the image is`],
    ["nginx", `: image is "nginx", must be { repository, version } or { reference }; say where the image is`],
    [null, ": image is null, must be { repository, version } or { reference }; say where the image is"],
    [undefined, ": image is missing, must be { repository, version } or { reference }; add the field"],
    [{ name: "nginx" }, `: image is {"name":"nginx"}, must be { repository, version } or { reference }; say where the image is`],
    [{ ...own, reference: "x" }, '.image: reference is "x", must be a field that exists; remove it'],
    [{ ...own, pulSecret: "x" }, '.image: pulSecret is "x", must be a field that exists; did you mean pullSecret?'],
    [{ ...own, version: 5 }, ".image: version is 5, must be text; write it in quotes"],
    [{ repository: "search/reader", versoin: "1.0.0" }, '.image: versoin is "1.0.0", must be a field that exists; did you mean version?'],
  ])("fails when it is %j", (image, expected) => {
    expect(told(image)).toContain(`applications.${reader}${expected}`);
  });
});

describe("versions of an environment", () => {
  const versions = (given: object, changes: object = {}) =>
    refusals({ [`${reader}.image`]: own, ...changes }, { dev: { versions: given } });

  test("may be of workloads with images of one's own", () => {
    expect(versions({ "search/reader": "2.0.0" })).toEqual([]);
  });

  test("fails when they are of no workload, or of one whose image is somebody else's", () => {
    expect(versions({ "search/raeder": "2.0.0", reader: "2.0.0", "search/writer": digest })).toEqual([
      'dev.versions: search/raeder is "2.0.0", must be the version of a workload that exists; did you mean search/reader?',
      'dev.versions: reader is "2.0.0", must be the version of a workload that exists; remove it, or name another one as <application>/<workload>',
      `dev.versions: search/writer is "${digest}", must be the version of an image of your own; remove it: search/writer has an image by reference, with its version`,
    ]);
  });

  test("are not judged by workloads that are malformed", () => {
    expect(versions({ "search/reader": "2.0.0" }, { [`${reader}.image`]: {} })).toHaveLength(1);
    expect(versions({ "finder/reader": "2.0.0" }, { "search.name": "Finder" })).toHaveLength(1);
    expect(versions({ "search/other": "2.0.0" }, { "search.workloads.other": { ...plain, kind: "pod" } })).toHaveLength(1);
  });
});
