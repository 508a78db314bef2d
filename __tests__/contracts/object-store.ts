import { Token } from "cdktf";
import { Construct } from "constructs";
import { catalogFor } from "../../constructs/catalog";
import type { IWorkloadIdentity } from "../../constructs/identity/workload-identity";
import type { BucketIntent, IBucket, IObjectStore } from "../../constructs/object-store/object-store";
import type { Environment } from "../../environments/environment";
import { dataStackOf, type DataParts } from "../data-stack";
import { statementsOf, type Statement, type SynthesizedStack } from "../synthesized";
import { itStandsTwiceInData } from "./stands-twice";

type Make = (parts: DataParts, id: string, buckets: readonly BucketIntent[]) => IObjectStore;

/** A bucket that asks for nothing but what it has to, and one that asks for everything. */
export const plain: BucketIntent = { name: "plain", keepVersionsDays: 3 };
export const demanding: BucketIntent = {
  name: "demanding",
  keepVersionsDays: 5,
  archiveAfterDays: 40,
  expireAfterDays: 200,
  intelligentTiering: true,
  retentionDays: 20,
  cors: [
    { origins: ["https://app.example.com", "http://localhost:3000"], methods: ["GET", "PUT"] },
    { origins: ["https://www.example.com"], methods: ["HEAD"] },
  ],
};

/** An identity of the environment that is allowed nothing yet, in a namespace of its own. */
export function identityOf({ stack, setting, cluster, namespace }: DataParts, purpose: string): IWorkloadIdentity {
  return catalogFor(setting.environment).workloadIdentity(stack, `Identity-${purpose}`, {
    setting,
    cluster,
    namespace: namespace(`Namespace-${purpose}`, purpose),
    serviceAccount: "api",
    purpose,
    statements: [],
  });
}

/** Statements of every policy of identities, wherever their variant keeps them. */
export function grantedIn(stack: SynthesizedStack): readonly Statement[] {
  return [
    ...stack.all("aws_iam_role_policy", "Identity-").map(({ policy }) => policy),
    ...stack.all("kubernetes_config_map_v1", "Identity-").map(({ data }) => (data as Record<string, unknown>)["policy.json"]),
  ].flatMap(statementsOf);
}

/** What every object store keeps, whatever it is made of. */
export function itHonoursObjectStore(name: string, environment: Environment, make: Make): void {
  describe(`${name} honours the contract of object stores`, () => {
    const built: IObjectStore[] = [];
    const made: IBucket[] = [];
    dataStackOf(environment, (parts) => {
      const store = make(parts, "Store", [plain, demanding]);
      made.push(store.createBucket(new Construct(parts.stack, "Elsewhere"), "Bucket", { name: "reports", keepVersionsDays: 1 }));
      built.push(store);
    });
    const [store] = built;
    const granted = (grant: (store: IObjectStore, identity: IWorkloadIdentity) => void) =>
      grantedIn(dataStackOf(environment, (parts) => grant(make(parts, "Store", [plain, demanding]), identityOf(parts, "api"))));
    const actionsOn = (statements: readonly Statement[], resource: RegExp) =>
      statements
        .filter(({ Effect, Resource }) => Effect === "Allow" && [Resource ?? []].flat().some((arn) => resource.test(arn)))
        .flatMap(({ Action }) => Action);

    it("is what the catalog of its environment builds", () => {
      dataStackOf(environment, ({ stack, setting }) => {
        const fromCatalog = catalogFor(environment).objectStore(stack, "Store", { setting, buckets: [plain] });
        expect(fromCatalog.constructor.name).toBe(name);
      });
    });

    it("says where it is, known at synth, and its buckets say the same", () => {
      expect(store?.endpoint).toMatch(/^https?:\/\/[a-z0-9.-]+(:\d+)?$/);
      expect(store?.region).toMatch(/^[a-z]{2}-[a-z]+-\d$/);
      for (const bucket of [store?.bucket("plain"), store?.bucket("demanding"), ...made]) {
        expect([bucket?.endpoint, bucket?.region]).toEqual([store?.endpoint, store?.region]);
      }
    });

    it("names buckets after the environment and what they are for, literally, as other stacks write grants for them", () => {
      const names = [store?.bucket("plain"), store?.bucket("demanding"), ...made].map((bucket) => bucket?.bucketName ?? "");
      expect(names.map((each) => Token.isUnresolved(each))).toEqual([false, false, false]);
      for (const [index, purpose] of ["plain", "demanding", "reports"].entries()) {
        expect(names[index]).toMatch(new RegExp(`^${environment.project}-${environment.name}-${purpose}(-\\d{12})?$`));
      }
    });

    it("makes a bucket where it is wanted, which is there for others to wait for", () => {
      const stack = dataStackOf(environment, (parts) => {
        make(parts, "Store", []).createBucket(new Construct(parts.stack, "Elsewhere"), "Bucket", plain);
      });
      expect(stack.resources.filter((resource) => resource.name.startsWith("Elsewhere_Bucket")).length).toBeGreaterThan(0);
      expect(made[0]?.installed.length).toBeGreaterThan(0);
      expect(store?.installed.length).toBeGreaterThanOrEqual(2);
    });

    it("lets who may read list the bucket and read objects, and nothing else", () => {
      const statements = granted((from, identity) => from.bucket("plain").grantRead(identity, "Plain"));
      expect(actionsOn(statements, /-plain(-\d+)?$/)).toEqual(["s3:ListBucket", "s3:GetBucketLocation"]);
      expect(actionsOn(statements, /-plain(-\d+)?\/\*$/)).toEqual(["s3:GetObject"]);
      expect(actionsOn(statements, /demanding|\*\*|^\*$/)).toEqual([]);
    });

    it("lets who may write list, read, write and delete objects, in parts, too, and nothing else", () => {
      const statements = granted((from, identity) => from.bucket("plain").grantReadWrite(identity, "Plain"));
      const ofBucket = ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"];
      expect(actionsOn(statements, /-plain(-\d+)?$/)).toEqual(ofBucket);
      expect(actionsOn(statements, /-plain(-\d+)?\/\*$/)).toEqual([
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
      ]);
      expect(actionsOn(statements, /demanding|\*\*|^\*$/)).toEqual([]);
    });

    it("keeps versions, and what is set on the bucket, out of everybody's reach", () => {
      const statements = granted((from, identity) => {
        from.bucket("plain").grantRead(identity, "Plain");
        from.bucket("demanding").grantReadWrite(identity, "Demanding");
      });
      const allowed = statements.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
      expect(allowed.filter((action) => /Version|Retention|LegalHold|Bypass|Policy|Lifecycle|Acl|\*/.test(action))).toEqual([]);
    });

    it("grants several buckets to one identity", () => {
      const statements = granted((from, identity) => {
        from.bucket("plain").grantRead(identity, "Plain");
        from.bucket("demanding").grantReadWrite(identity, "Demanding");
      });
      expect(actionsOn(statements, /-plain(-\d+)?\/\*$/)).toEqual(["s3:GetObject"]);
      expect(actionsOn(statements, /-demanding(-\d+)?\/\*$/)).toContain("s3:PutObject");
    });

    it("fails when asked for a bucket that there is not", () => {
      expect(() => store?.bucket("plein")).toThrow(
        `${environment.name}-data/Store: bucket is "plein", must be one of plain, demanding, reports; add it to the environment's objectStore.buckets`,
      );
    });

    it("fails when a bucket is made twice", () => {
      dataStackOf(environment, (parts) => {
        const other = make(parts, "Store", [plain]);
        expect(() => other.createBucket(new Construct(parts.stack, "Elsewhere"), "Bucket", plain)).toThrow(
          `${environment.name}-data/Store: bucket is "plain", must be none of plain, which are taken; choose another name`,
        );
      });
    });

    itStandsTwiceInData(environment, (parts, id) => make(parts, id, [plain, demanding]));
  });
}
