import { patiently } from "../../../operations/post-deploy/check-result";
import { imagesSigned } from "../../../operations/post-deploy/images-signed";
import { podsReady } from "../../../operations/post-deploy/pods-ready";
import { secretsSynced } from "../../../operations/post-deploy/secrets-synced";
import { answered, missing, refused } from "../checks/fake-runner";
import { fakeCluster, table } from "./fake-cluster";

describe("pods", () => {
  const look = (...rows: readonly (readonly string[])[]) =>
    podsReady(fakeCluster({ "get pods": answered(table(...rows)) }).kubectl, ["search", "data"]).look();

  it("pass when all of the environment's are ready; jobs come and go, and other namespaces are not ours", async () => {
    const found = await look(
      ["search", "reader-1", "ReplicaSet", "Running", "True"],
      ["data", "postgres-1", "Cluster", "Running", "True"],
      ["search", "migrate-x", "Job", "Failed", "False"],
      ["search", "done", "", "Succeeded", "False"],
      ["kube-system", "coredns", "ReplicaSet", "Pending", ""],
    );
    expect(found).toEqual({ check: "pods", passed: true, found: "2 ready" });
  });

  it("fails when one is not ready, and names it", async () => {
    const found = await look(["search", "reader-1", "ReplicaSet", "Running", "True"], ["search", "writer-1", "ReplicaSet", "Pending", ""]);
    expect(found).toMatchObject({ passed: false, found: "1 of 2 are not ready: search/writer-1 (Pending)" });
  });

  it("fails when there are none: nothing was deployed", async () => {
    expect(await look(["kube-system", "coredns", "ReplicaSet", "Running", "True"])).toMatchObject({
      passed: false,
      found: "there are none",
    });
  });
});

describe("secrets", () => {
  const look = (...rows: readonly (readonly string[])[]) =>
    secretsSynced(fakeCluster({ "get externalsecrets.external-secrets.io": answered(table(...rows)) }).kubectl, ["search/database"]).look();

  it("pass when each is synced", async () => {
    expect(await look(["search", "database", "True", "SecretSynced"])).toEqual({ check: "secrets", passed: true, found: "1 synced" });
  });

  it("fails when one is not synced, or is not there at all", async () => {
    expect(await look(["search", "database", "False", "SecretSyncedError"])).toMatchObject({
      passed: false,
      found: "1 are not synced: search/database (SecretSyncedError)",
    });
    expect(await look(["search", "other", "True", "SecretSynced"])).toMatchObject({ found: "1 are not synced: search/database (missing)" });
  });
});

describe("signatures", () => {
  const own = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/ml-platform-prod/api";
  const cluster = { ready: "true", result: "pass", image: `${own}:1@sha256:ab` };
  const look = ({ ready, result, image } = cluster, asked = true) => {
    const answers = {
      "get imagevalidatingpolicies": answered(table(["signed-images", ready])),
      "get policyreports": answered(table(["search", "reader-1", result])),
      "get pods": answered(table(["search", "reader-1", image], ["kyverno", "own", `${own}:1`])),
    };
    return imagesSigned(fakeCluster(answers).kubectl, ["search"], asked).look();
  };

  it("are looked at only where they are asked for", async () => {
    expect(await imagesSigned(fakeCluster({}).kubectl, ["search"], false).look()).toMatchObject({ passed: true, found: "not asked for" });
  });

  it("pass when the policy is ready, nothing is reported, and every image was verified", async () => {
    expect(await look()).toMatchObject({ passed: true });
    expect(await look({ ...cluster, image: "docker.io/library/nginx:1.29" })).toMatchObject({ passed: true }); // not of the registry
  });

  it("fails when the policy is not ready, Kyverno reports something, or an image was not verified", async () => {
    expect(await look({ ...cluster, ready: "" })).toMatchObject({ passed: false, found: "policy signed-images is not ready" });
    expect(await look({ ...cluster, result: "pass fail" })).toMatchObject({ passed: false, found: "not verified: search/reader-1" });
    expect(await look({ ...cluster, image: `docker.io/library/nginx:1.29 ${own}:1` })).toMatchObject({
      passed: false,
      found: "not verified: search/reader-1",
    });
  });
});

describe("a check", () => {
  it("has not passed when it cannot be looked at", async () => {
    const failed = await patiently(podsReady(fakeCluster({ "get pods": refused("Unable to connect to the server\nEOF") }).kubectl, []), 0);
    expect(failed).toMatchObject({
      check: "pods",
      passed: false,
      found: "not looked at: kubectl get pods failed: Unable to connect to the server",
    });
    const absent = await patiently(podsReady(fakeCluster({ "get pods": missing }).kubectl, []), 0);
    expect(absent).toMatchObject({ passed: false, found: "not looked at: kubectl get pods failed: not found" });
  });

  it("asks by the kubeconfig that it was given", async () => {
    const { kubectl, lines } = fakeCluster({ "get pods": answered("") });
    await podsReady(kubectl, []).look();
    expect(lines).toEqual([expect.stringMatching(/^--kubeconfig \/private\/kubeconfig get pods --all-namespaces /)]);
  });
});
