import { plain, refusals } from "../changed";

const reader = "search.workloads.reader";
const path = "applications.search.workloads.other";
const told = (...connects: readonly unknown[]) => refusals({ "search.workloads.other": { ...plain, connects } });
const writer = { to: "workload", workload: "search/writer", port: "http" };
const external = { to: "external", host: "api.example.org" };

describe("a connection", () => {
  test("may lead to whatever is there", () => {
    expect(told(writer, { to: "database" }, { to: "cache" }, { to: "bucket", bucket: "search", access: "read" }, external)).toEqual([]);
    expect(
      told(external, { ...external, port: 8443 }, { ...external, host: "b.example.org", addresses: ["203.0.113.0/24", "8.8.8.8/32"] }),
    ).toEqual([]);
  });

  test.each([
    [
      { ...writer, workload: "search/writr" },
      'workload is "search/writr", must be a workload that exists, as <application>/<workload>; did you mean search/writer?',
    ],
    [
      { ...writer, workload: "billing/invoices" },
      'workload is "billing/invoices", must be a workload that exists, as <application>/<workload>; declare it, or remove the connection',
    ],
    [
      { ...writer, workload: "writer" },
      'workload is "writer", must be a workload that exists, as <application>/<workload>; declare it, or remove the connection',
    ],
    [{ ...writer, workload: "search/constructor" }, 'workload is "search/constructor", must be a workload that exists'],
    [
      { ...writer, workload: "search/other" },
      'workload is "search/other", must be another workload; remove it: a pod reaches itself by localhost',
    ],
    [
      { ...writer, workload: "sre-portal/database-check" },
      'workload is "sre-portal/database-check", must be a workload that runs all the time; remove it: nobody can talk to a cron job',
    ],
    [{ ...writer, port: "grpc" }, 'port is "grpc", must be a port of search/writer: http; add it to ports, or name another one'],
    [{ ...writer, port: "htp" }, 'port is "htp", must be a port of search/writer: http; did you mean http?'],
    [{ ...external, host: "localhost" }, 'host is "localhost", must be a domain name with labels of 1 to 63 characters'],
    [{ ...external, port: 0 }, "port is 0, must be a whole number from 1 to 65535 (port)"],
    [{ ...external, addresses: [] }, "addresses is [], must be at least one block; leave it out for the whole internet"],
    [{ to: "databse" }, 'to is "databse", must be workload, database, cache, bucket, gateway or external; say whom it talks to'],
    [{}, "to is missing, must be workload, database, cache, bucket, gateway or external; add the field"],
    [{ to: "database", acess: "read" }, 'acess is "read", must be a field that exists; remove it'],
    [
      { to: "bucket", bucket: "search", acess: "read", access: "read" },
      'acess is "read", must be a field that exists; did you mean access?',
    ],
    [{ to: "bucket", bucket: "search" }, "access is missing, must be one of read, read-write; add the field"],
  ])("fails when it is %j", (connection, expected) => {
    expect(told(connection)).toEqual([expect.stringContaining(`${path}.connects.0: ${expected}`)]);
  });

  test("fails when it is no object", () => {
    expect(told("database")).toEqual([`${path}: connects.0 is "database", must be an object; write { ... }`]);
  });

  test("fails when it leads to a port of a workload that has none", () => {
    const connects = [{ ...writer, workload: "ml-platform/silent" }];
    expect(refusals({ "ml-platform.workloads.silent": plain, "search.workloads.other": { ...plain, connects } })).toEqual([
      `${path}.connects.0: port is "http", must be a port of ml-platform/silent, which has none; add it to ports, or name another one`,
      "applications.ml-platform.workloads.silent.probes: readiness is missing, must be there: search/other talks to it; say how a pod is asked whether it can take requests",
    ]);
  });

  test.each(["203.0.113.0", "203.0.113.1/24", "203.0.113.0/33", "0.0.0.0/0", "api.example.org", "2001:db8::/32", ""])(
    "fails when an address is %j",
    (address) => {
      expect(told({ ...external, addresses: [address] })).toEqual([
        expect.stringMatching(/connects\.0: addresses\.0 is ".*", must be (an IPv4 block|a block|text)/),
      ]);
    },
  );

  test("fails when addresses overlap", () => {
    expect(told({ ...external, addresses: ["203.0.113.0/24", "198.51.100.0/24", "203.0.113.7/32"] })).toEqual([
      `${path}.connects.0: addresses.2 is "203.0.113.7/32", must be apart from addresses.0, which is 203.0.113.0/24; remove one of them`,
    ]);
  });

  test.each(["169.254.169.254/32", "169.0.0.0/8"])("fails when the metadata service of nodes is in its addresses, as in %s", (address) => {
    expect(told({ ...external, addresses: [address] })).toEqual([
      `${path}.connects.0: addresses.0 is "${address}", must be apart from 169.254.0.0/16, where nodes have their metadata service; remove it: identities come by connects to a bucket`,
    ]);
  });

  test("fails when addresses are those of pods or services, in each environment that has them", () => {
    const fix = "narrow it: who is inside is connected by name";
    expect(told({ ...external, addresses: ["10.30.4.0/24"] })).toEqual([
      `prod.${path}.connects.0: addresses.0 is "10.30.4.0/24", must be apart from network.cidr of prod, which is 10.30.0.0/16; ${fix}`,
    ]);
    const wide = told({ ...external, addresses: ["10.0.0.0/8"] });
    expect(wide.map((line) => line.split(".")[0])).toEqual(["local", "dev", "staging", "prod"]);
    expect(told({ ...external, addresses: ["172.20.1.0/24"] })).toContainEqual(
      `dev.${path}.connects.0: addresses.0 is "172.20.1.0/24", must be apart from cluster.serviceCidr of dev, which is 172.20.0.0/16; ${fix}`,
    );
  });

  test("fails when it is there twice", () => {
    const bucket = { to: "bucket", bucket: "search", access: "read" };
    const twice = [writer, { to: "database" }, { to: "cache" }, bucket, external].flatMap((one) => [one, one]);
    expect(told(...twice)).toEqual(
      ["workload", "database", "cache", "bucket", "external"].map(
        (to, index) =>
          `${path}.connects.${2 * index + 1}: to is "${to}", must be different from connects.${2 * index}, which leads to the same; keep one of the two`,
      ),
    );
    expect(told(bucket, { ...bucket, access: "read-write" })).toHaveLength(1);
    expect(told(external, { ...external, host: "API.example.org", port: 443 })).toHaveLength(1);
  });

  test("to a bucket fails in each environment that has none of the name", () => {
    const connects = [{ to: "bucket", bucket: "serch", access: "read" }];
    expect(refusals({ "search.workloads.other": { ...plain, connects } })).toEqual(
      ["local", "dev", "staging", "prod"].map(
        (name) =>
          `${name}.${path}.connects.0: bucket is "serch", must be a bucket of ${name}: data, models, datasets, search; did you mean search?`,
      ),
    );
    const changes = { dev: { "objectStore.buckets": [{ name: "search", keepVersionsDays: 1 }] } };
    expect(refusals({}, changes).map((line) => line.split(", must be")[0])).toEqual([
      'dev.applications.ml-platform.workloads.backend.connects.3: bucket is "models"',
      'dev.applications.ml-platform.workloads.backend.connects.4: bucket is "datasets"',
      'dev.applications.ml-platform.workloads.training.connects.0: bucket is "models"',
      'dev.applications.ml-platform.workloads.training.connects.1: bucket is "datasets"',
      'dev.applications.ml-platform.workloads.data-processing.connects.0: bucket is "datasets"',
    ]);
  });

  test("says nothing of a workload that may be one of a malformed application", () => {
    expect(refusals({ "search.name": "Search" })).toEqual([expect.stringContaining('applications.1: name is "Search"')]);
    expect(refusals({ "search.workloads.writer.ports": 5 })).toEqual([
      "applications.search.workloads.writer: ports is 5, must be a list; write [ ... ]",
    ]);
    expect(refusals({ "search.workloads.writer.kind": "pod" })).toEqual([
      expect.stringContaining('writer: kind is "pod", must be one of deployment, stateful-set, daemon-set, cron-job; '),
    ]);
  });
});

describe("readiness", () => {
  const missing = "probes: readiness is missing, must be there: ";
  const fix = "say how a pod is asked whether it can take requests";

  test("fails when a workload that is talked to does not say it", () => {
    for (const probes of [undefined, { liveness: { path: "/health", port: "http" } }]) {
      expect(refusals({ "search.workloads.writer.probes": probes })).toEqual([
        `applications.search.workloads.writer.${missing}search/ingestion talks to it; ${fix}`,
      ]);
    }
  });

  test("fails when a workload that is routed does not say it", () => {
    expect(refusals({ [`${reader}.probes`]: undefined })).toEqual([`applications.${reader}.${missing}the gateway talks to it; ${fix}`]);
  });

  test("may be missing where nobody talks", () => {
    expect(refusals({ "search.workloads.other": { ...plain, ports: [{ name: "http", port: 8080 }] } })).toEqual([]);
  });
});
