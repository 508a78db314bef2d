import { Testing, TerraformStack } from "cdktf";
import { catalogFor } from "../../constructs/catalog";
import { useCharts, useCluster } from "../../constructs/cluster/use-cluster";
import { GuardedNamespace } from "../../constructs/namespaces/guarded-namespace";
import { SecretCopy } from "../../constructs/secrets/secret-copy";
import type { GeneratedSecret, ISecretStore } from "../../constructs/secrets/secret-store";
import type { Environment } from "../../environments/environment";
import type { TerraformJson } from "../../operations/terraform-json";
import { fingerprint, passwordReaders } from "../password-readers";
import { platformStackOf, type PlatformParts } from "../platform-stack";
import { manifest, release } from "../released";
import { SynthesizedStack } from "../synthesized";
import { itStandsTwiceOnPlatform } from "./stands-twice";

/** What every store of secrets keeps, whatever it is made of. */
export function itHonoursSecretStore(
  name: string,
  environment: Environment,
  make: (parts: PlatformParts, id: string) => ISecretStore,
): void {
  describe(`${name} honours the contract of secret stores`, () => {
    const built: { store?: ISecretStore; apps?: SynthesizedStack } = {};
    const stack = platformStackOf(environment, (parts) => {
      const store = make(parts, "Store");
      store.generate(parts.stack, "Admin", "grafana-admin");
      built.store = store;
      built.apps = consumingStack(environment, parts, store);
    });
    const { store, apps } = built;

    it("is what the catalog of its environment builds", () => {
      platformStackOf(environment, ({ stack: scope, ...props }) => {
        expect(catalogFor(environment).secretStore(scope, "Store", props).constructor.name).toBe(name);
      });
    });

    it("is one store for the whole cluster, the same name everywhere, and serves guarded namespaces only", () => {
      expect(store?.storeName).toBe("environment");
      expect(manifest(stack, "ClusterSecretStore")).toMatchObject({
        apiVersion: "external-secrets.io/v1",
        kind: "ClusterSecretStore",
        metadata: { name: "environment" },
        spec: {
          conditions: [{ namespaceSelector: { matchExpressions: [{ key: "pod-security.kubernetes.io/enforce", operator: "Exists" }] } }],
        },
      });
    });

    it("comes after the operator that reads it", () => {
      expect(release(stack, "secret-store").depends_on).toContain(stack.address("helm_release", "Store_Operator"));
    });

    it("makes up passwords that fit into any text, and gives references away, never values", () => {
      for (const password of stack.all("random_password")) expect(password).toEqual({ length: 40, special: false });
      platformStackOf(environment, (parts) => {
        const secret = make(parts, "Store").generate(parts.stack, "Admin", "grafana-admin");
        expect([secret.key, secret.property]).toEqual([expect.stringMatching(/^([a-z-]+\/)?grafana-admin$/), "password"]);
      });
    });

    it("lets nothing but its own secret see a password", () => {
      const readers = [stack, apps].flatMap((found) => (found ? passwordReaders(found) : []));
      expect(readers.map(({ type }) => type)).toEqual([expect.stringMatching(/secret/), expect.stringMatching(/secret/)]);
      expect(stack.json.output).toBeUndefined();
      expect(apps?.json.output).toBeUndefined();
    });

    it("serves other stacks: the password is in the stack that asked for it, and nothing waits for what is elsewhere", () => {
      expect(apps?.all("random_password")).toHaveLength(1);
      const own = new Set(apps?.resources.map((resource) => `${resource.type}.${resource.name}`));
      const waited = apps?.resources.flatMap(({ values }) => (values.depends_on as readonly string[] | undefined) ?? []);
      expect(waited?.filter((address) => !own.has(address))).toEqual([]);
      expect(apps && release(apps, "cache-copy").depends_on).toHaveLength(1); // its secret
    });

    it("says of each password whether it is still the same, and of those of other stacks nothing", () => {
      const annotation = expect.stringMatching(new RegExp(`^\\$\\{${fingerprint.source}\\}$`)) as string;
      expect(apps && manifest(apps, "ExternalSecret").metadata.annotations).toEqual({ "evenkeel/fingerprints": annotation });
      platformStackOf(environment, (parts) => {
        const made = make(parts, "Store");
        const secret = made.generate(parts.stack, "Admin", "grafana-admin");
        const elsewhere = consumingStack(environment, parts, made, secret);
        expect(manifest(elsewhere, "ExternalSecret").metadata).toEqual({ name: "cache", namespace: "team-a" });
      });
    });

    it("refers to secrets of others below the same names", () => {
      const { key = "" } = store?.reference("github-token", "token") ?? {};
      platformStackOf(environment, (parts) => {
        const generated = make(parts, "Store").generate(parts.stack, "Token", "github-token");
        expect(generated.key).toBe(key);
      });
    });

    it("fails when a secret has a name that Kubernetes would not take", () => {
      platformStackOf(environment, (parts) => {
        const told = /name is "Grafana_Admin", must be lower-case letters, digits and inner . -; rename it/;
        const made = make(parts, "Store");
        expect(() => made.generate(parts.stack, "Admin", "Grafana_Admin")).toThrow(told);
        expect(() => made.reference("Grafana_Admin", "password")).toThrow(told);
      });
    });

    itStandsTwiceOnPlatform(environment, (parts, id) => {
      make(parts, id).generate(parts.stack, `${id}Secret`, "grafana-admin");
    });
  });
}

/** A later stack that copies a secret to where it is needed. @param given to copy. @default one of its own, made up in the store */
function consumingStack(
  environment: Environment,
  { stack, cluster }: PlatformParts,
  store: ISecretStore,
  given?: GeneratedSecret,
): SynthesizedStack {
  const apps = new TerraformStack(stack.node.scope as TerraformStack, `${environment.name}-apps`);
  catalogFor(environment).prepare(apps, "apps");
  useCluster(apps, cluster.access);
  useCharts(apps, cluster.access);
  const namespace = new GuardedNamespace(apps, "Team", { environment, name: "team-a" });
  const data = { password: given ?? store.generate(apps, "Cache", "cache") };
  new SecretCopy(apps, "CacheCopy", { store, namespace, name: "cache", data });
  return new SynthesizedStack(JSON.parse(Testing.synth(apps, true)) as TerraformJson);
}
