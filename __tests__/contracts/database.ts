import { Token } from "cdktf";
import { Construct } from "constructs";
import { catalogFor } from "../../constructs/catalog";
import { NetworkPolicies } from "../../constructs/connections/network-policies";
import { administratorName, postgresPort, type DatabaseProps, type IDatabase } from "../../constructs/database/database";
import type { IWorkloadIdentity } from "../../constructs/identity/workload-identity";
import { watches } from "../../constructs/monitoring/watches";
import type { IBucket, IObjectStore } from "../../constructs/object-store/object-store";
import type { Environment } from "../../environments/environment";
import { liftedProtection } from "../../operations/lifted-protection";
import { dataStackOf, type DataParts } from "../data-stack";
import { networkPaths } from "../network-paths";
import { passwordReaders } from "../password-readers";
import { manifestsOf } from "../released";
import type { SynthesizedStack } from "../synthesized";
import { itStandsTwiceInData } from "./stands-twice";

/** Makes the variant under test: `props` are what the data stack hands over, in a namespace of its own. */
type Make = (parts: DataParts, id: string, props: DatabaseProps) => IDatabase;

/** Props of a database in a namespace of its own. */
export function databaseProps(parts: DataParts, id: string): DatabaseProps {
  const { stack, setting, cluster, network, secretStore, storageClass } = parts;
  const namespace = parts.namespace(`${id}Namespace`, "database");
  const objectStore = new ObjectStoreStandIn(stack, `${id}Objects`);
  const intent = setting.environment.database;
  return { setting, cluster, network, secretStore, storageClass, name: "database", intent, namespace, objectStore };
}

/** What every database keeps, whatever it is made of. */
export function itHonoursDatabase(name: string, environment: Environment, make: Make): void {
  describe(`${name} honours the contract of databases`, () => {
    const made = (id: string) => (parts: DataParts) => make(parts, id, databaseProps(parts, id));
    const built: IDatabase[] = [];
    const stack = dataStackOf(environment, (parts) => {
      const database = made("Database")(parts);
      const pods = { namespace: "team-a", labels: { app: "api" } };
      new NetworkPolicies(parts.stack, "PodPaths", { owner: "pods", places: parts.setting.places, paths: database.paths(pods) });
      built.push(database);
    });
    const [database] = built;

    it("is what the catalog of its environment builds", () => {
      dataStackOf(environment, (parts) => {
        const fromCatalog = catalogFor(environment).database(parts.stack, "Database", databaseProps(parts, "Database"));
        expect(fromCatalog.constructor.name).toBe(name);
      });
    });

    it("gives away where it is, and a URL that asks for TLS and has neither user nor password", () => {
      const { host, port, databaseName, userName, url } = database ?? {};
      expect([typeof host, port, databaseName, userName]).toEqual(["string", postgresPort, environment.database.name, "app"]);
      expect(host).not.toBe("");
      expect(Token.isUnresolved(port)).toBe(false);
      expect(url).toBe(`postgresql://${host}:${postgresPort}/${environment.database.name}?sslmode=require`);
    });

    it("gives a reference to the application's password away, never the password", () => {
      expect(database?.credentialsSecret).toMatchObject({ key: expect.stringMatching(/^([a-z-]+\/)?database-app$/), property: "password" });
    });

    it("lets nothing but secrets see a password", () => {
      const readers = passwordReaders(stack);
      expect(readers.length).toBeGreaterThan(0);
      for (const { type } of readers) expect(type).toMatch(/^(kubernetes_secret_v1|aws_secretsmanager_secret_version)$/);
      expect(JSON.stringify(stack.json.output ?? {})).not.toContain("random_password");
    });

    it("has a user for the application that is not the administrator, with a password of its own", () => {
      expect(database?.userName).not.toBe(administratorName);
      const copied = passwordsIn(stack);
      expect(copied).toContain(database?.credentialsSecret.key);
      expect(new Set(copied).size).toBeGreaterThan(1);
    });

    it("asks for TLS wherever a job of its own connects", () => {
      const clients = stack.resources.filter(({ values }) => /"PGHOST"/.test(JSON.stringify(values)));
      expect(clients.length).toBeGreaterThan(0);
      for (const { values } of clients)
        expect(JSON.stringify(values)).toMatch(/\{"name":"PGSSLMODE","value":"(require|verify-ca|verify-full)"\}/);
    });

    it("opens the way for the pods that it is for", () => {
      const opened = networkPaths(stack)["pods-api"] ?? [];
      expect(opened.filter((line) => line.startsWith("to ") && line.endsWith(` ${postgresPort}`))).not.toEqual([]);
    });

    it("keeps its data unless the environment is disposable", () => {
      const prevented = (disposable: boolean) =>
        liftedProtection(dataStackOf({ ...environment, disposable, deletionProtection: !disposable }, made("Database")).json).prevented;
      expect(prevented(true)).toEqual([]);
      expect(prevented(false)).not.toEqual([]);
    });

    it("tells somebody about everything that databases are watched for", () => {
      const told = JSON.stringify([stack.all("aws_cloudwatch_metric_alarm"), manifestsOf(stack)]);
      for (const [watch, { summary }] of Object.entries(watches.database)) {
        if (watch === "replicationLag" && environment.database.readReplicas === 0) continue; // nobody lags
        expect(told).toContain(summary);
      }
    });

    it("is there for others to wait for", () => {
      expect(database?.installed.map((part) => Token.isUnresolved(part.fqn))).toContain(true);
    });

    itStandsTwiceInData(environment, (parts, id) => made(id)(parts));
  });
}

/** Keys of the environment's store that are copied into the stack's namespaces. */
function passwordsIn(stack: SynthesizedStack): readonly string[] {
  return manifestsOf(stack)
    .filter(({ kind }) => kind === "ExternalSecret")
    .flatMap(({ spec }) =>
      (spec.data as readonly { readonly remoteRef: { readonly key: string } }[]).map(({ remoteRef }) => remoteRef.key),
    );
}

/** Buckets as they look from beside: names, and rights that are asked for. It has no resources. */
class ObjectStoreStandIn extends Construct implements IObjectStore {
  readonly endpoint = "https://objects.test";
  readonly region = "eu-central-1";
  readonly installed = [];

  bucket(name: string): IBucket {
    const { endpoint, installed, region } = this;
    const allow = (actions: readonly string[]) => (identity: IWorkloadIdentity, id: string) =>
      identity.allow(id, { Sid: id, Effect: "Allow", Action: actions, Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`] });
    const grantRead = allow(["s3:GetObject", "s3:ListBucket"]);
    const grantReadWrite = allow(["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]);
    return { bucketName: name, endpoint, installed, region, grantRead, grantReadWrite };
  }

  createBucket(_scope: Construct, _id: string, { name }: { readonly name: string }): IBucket {
    return this.bucket(name);
  }
}
