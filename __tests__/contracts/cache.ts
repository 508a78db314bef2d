import { Token } from "cdktf";
import { Manifests } from "../../constructs/addons/manifests";
import { cachePort, cacheUserName, type CacheIntent, type CacheProps, type ICache } from "../../constructs/cache/cache";
import { catalogFor } from "../../constructs/catalog";
import { NetworkPolicies } from "../../constructs/connections/network-policies";
import { watches } from "../../constructs/monitoring/watches";
import type { Environment } from "../../environments/environment";
import { liftedProtection } from "../../operations/lifted-protection";
import { dataStackOf, type DataParts } from "../data-stack";
import { networkPaths } from "../network-paths";
import { passwordReaders } from "../password-readers";
import { manifestsOf, release } from "../released";
import type { SynthesizedStack } from "../synthesized";
import { itStandsTwiceInData } from "./stands-twice";

/** Makes the variant under test: `props` are what the data stack hands over, in a namespace of its own. */
type Make = (parts: DataParts, id: string, props: CacheProps) => ICache;

/** One of each topology. */
const topologies: readonly CacheIntent["topology"][] = [
  { kind: "single" },
  { kind: "replicated", replicas: 2 },
  { kind: "clustered", shards: 3, replicas: 1 },
];

/** Props of a cache in a namespace of its own. */
export function cacheProps(parts: DataParts, id: string, intent: Partial<CacheIntent> = {}): CacheProps {
  const { setting, cluster, network, secretStore, storageClass, issuer } = parts;
  const namespace = parts.namespace(`${id}Namespace`, "cache");
  return {
    setting,
    cluster,
    network,
    secretStore,
    storageClass,
    issuer,
    name: "cache",
    intent: { ...setting.environment.cache, ...intent },
    namespace,
  };
}

/** What every cache keeps, whatever it is made of. */
export function itHonoursCache(name: string, environment: Environment, make: Make): void {
  describe(`${name} honours the contract of caches`, () => {
    const made = (id: string, intent?: Partial<CacheIntent>) => (parts: DataParts) => make(parts, id, cacheProps(parts, id, intent));
    const built: ICache[] = [];
    const stack = dataStackOf(environment, (parts) => {
      const cache = made("Cache")(parts);
      const pods = { namespace: "team-a", labels: { app: "api" } };
      new NetworkPolicies(parts.stack, "PodPaths", { owner: "pods", places: parts.setting.places, paths: cache.paths(pods) });
      built.push(cache);
    });
    const [cache] = built;

    it("is what the catalog of its environment builds", () => {
      dataStackOf(environment, (parts) => {
        expect(catalogFor(environment).cache(parts.stack, "Cache", cacheProps(parts, "Cache")).constructor.name).toBe(name);
      });
    });

    it("gives away where it is and who signs in", () => {
      expect([typeof cache?.host, cache?.port, cache?.userName]).toEqual(["string", cachePort, cacheUserName]);
      expect(cache?.host).not.toBe("");
      expect(Token.isUnresolved(cache?.port)).toBe(false);
    });

    it("gives a reference to the application's password away, never the password", () => {
      expect(cache?.credentialsSecret).toMatchObject({ key: expect.stringMatching(/^([a-z-]+\/)?cache-app$/), property: "password" });
    });

    it("lets nothing but secrets, and the users of the server, see a password", () => {
      const readers = passwordReaders(stack);
      expect(readers.length).toBeGreaterThan(0);
      for (const { type } of readers) {
        expect(type).toMatch(/^(kubernetes_secret_v1|aws_secretsmanager_secret_version|aws_elasticache_user)$/);
      }
      expect(JSON.stringify(stack.json.output ?? {})).not.toContain("random_password");
    });

    describe.each(topologies)("with the topology $kind", (topology) => {
      const clustered: boolean[] = [];
      const laidOut = dataStackOf(environment, (parts) => {
        clustered.push(made("Cache", { topology })(parts).clustered);
      });

      it("says whether clients have to speak the cluster's protocol", () => {
        expect(clustered).toEqual([topology.kind === "clustered"]);
      });

      it("has an alarm or a rule for everything that is watched", () => {
        const told = alarmTexts(laidOut);
        const watched = Object.entries(watches.cache).filter(([watch]) => watch !== "replicationLag" || topology.kind !== "single");
        for (const [, { summary }] of watched) expect(told).toContain(summary);
      });
    });

    it("opens the way for the pods that it is for", () => {
      const opened = networkPaths(stack)["pods-api"] ?? [];
      expect(opened.filter((line) => line.startsWith("to ") && line.endsWith(` ${cachePort}`))).not.toEqual([]);
      expect(opened).toContain("to kube-system/kube-dns 53/UDP 53");
    });

    it("makes what requires it wait", () => {
      const waiting = dataStackOf(environment, (parts) => {
        const requires = [made("Cache")(parts)];
        new Manifests(parts.stack, "Waiting", { release: "waiting", namespace: "team-a", resources: [], requires });
      });
      expect(release(waiting, "waiting").depends_on).not.toEqual([]);
    });

    it("is kept unless the environment is disposable", () => {
      const prevented = (disposable: boolean) => {
        const changed = { ...environment, disposable, deletionProtection: !disposable };
        return liftedProtection(dataStackOf(changed, made("Cache", { persistence: true })).json).prevented;
      };
      expect(prevented(true)).toEqual([]);
      expect(prevented(false)).not.toEqual([]);
    });

    itStandsTwiceInData(environment, (parts, id) => made(id)(parts));
  });
}

/** Everything that tells somebody: alarms of CloudWatch and rules of Prometheus. */
function alarmTexts(stack: SynthesizedStack): string {
  return JSON.stringify([stack.all("aws_cloudwatch_metric_alarm"), manifestsOf(stack).filter(({ kind }) => kind === "PrometheusRule")]);
}
