import { plain, refusals } from "../changed";

const image = plain.image;
const told = (secrets: object, changes: object) =>
  refusals({ "search.secrets": secrets, "search.workloads.other": { ...plain, ...changes } });
const path = "applications.search.workloads.other";
const key = { "api-key": { from: "given" } };

describe("secrets", () => {
  test("may be variables, files, and what images are pulled by", () => {
    for (const changes of [
      { secrets: { API_KEY: "api-key" } },
      { volumes: [{ name: "key", mountPath: "/key", content: { kind: "secret", secret: "api-key", file: "key" } }] },
      { image: { ...image, pullSecret: "api-key" } },
      { migrations: [{ name: "a", command: ["a"], image: { ...image, pullSecret: "api-key" } }] },
    ]) {
      expect(told(key, changes)).toEqual([]);
    }
  });

  test("fails when one is asked for that the application does not list, wherever it is", () => {
    const secret = (name: string) => `is "${name}", must be a secret of the application: api-key; `;
    const add = "add it to the application's secrets: they say what is in the store";
    expect(
      told(key, {
        secrets: { A: "api-key", B: "api-ky", C: "token", D: "constructor" },
        volumes: [{ name: "key", mountPath: "/key", content: { kind: "secret", secret: "apikey", file: "key" } }],
        image: { ...image, pullSecret: "pull" },
        migrations: [{ name: "a", command: ["a"], image: { ...image, pullSecret: "pull" } }],
      }),
    ).toEqual([
      `${path}.secrets: B ${secret("api-ky")}did you mean api-key?`,
      `${path}.secrets: C ${secret("token")}${add}`,
      `${path}.secrets: D ${secret("constructor")}${add}`,
      `${path}.image: pullSecret ${secret("pull")}${add}`,
      `${path}.migrations.0.image: pullSecret ${secret("pull")}${add}`,
      `${path}.volumes.0.content: secret ${secret("apikey")}did you mean api-key?`,
    ]);
    expect(told({}, { secrets: { A: "api-key" } })).toEqual([
      `${path}.secrets: A is "api-key", must be a secret of the application, which has none; ${add}`,
    ]);
  });

  test("fails when a password that is made up is to pull images", () => {
    expect(told({ pull: { from: "generated" } }, { image: { ...image, pullSecret: "pull" } })).toEqual([
      `${path}.image: pullSecret is "pull", must be a secret that is "given"; change its from: a password that is made up is no Docker configuration`,
    ]);
  });

  test("fails when nobody uses one", () => {
    expect(told({ ...key, other: { from: "given" } }, { secrets: { API_KEY: "api-key" } })).toEqual([
      'applications.search.secrets: other is {"from":"given"}, must be a secret that a workload uses; remove it, or use it',
    ]);
    expect(told(key, { secrets: { API_KEY: "key" } })).toEqual([
      'applications.search.workloads.other.secrets: API_KEY is "key", must be a secret of the application: api-key; add it to the application\'s secrets: they say what is in the store',
      'applications.search.secrets: api-key is {"from":"given"}, must be a secret that a workload uses; remove it, or rename it: key is asked for',
    ]);
  });

  test("are not called unused while a workload that may use them is malformed", () => {
    expect(told(key, { secrets: { "api-key": "api-key" } })).toEqual([
      `${path}.secrets: key is "api-key", must be a variable of upper-case letters, digits and _, a letter first; rename it`,
    ]);
    expect(told(key, { ports: 5 })).toHaveLength(2);
  });

  test("fails when it is not said where one comes from", () => {
    expect(told({ key: { from: "vault" }, other: {} }, {})).toEqual([
      'applications.search.secrets.key: from is "vault", must be one of generated, given; choose one of them',
      "applications.search.secrets.other: from is missing, must be one of generated, given; add the field",
    ]);
  });
});
