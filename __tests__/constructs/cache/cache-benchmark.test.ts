import { CacheBenchmark } from "../../../constructs/cache/cache-benchmark";
import type { ICache } from "../../../constructs/cache/cache";
import { InClusterRedis } from "../../../constructs/cache/in-cluster-redis";
import { environments } from "../../../environments/index";
import { cacheProps } from "../../contracts/cache";
import { dataStackOf } from "../../data-stack";
import { networkPaths } from "../../network-paths";
import { manifest, release } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local } = environments;

interface Job {
  readonly suspend: boolean;
  readonly job_template: {
    readonly spec: { readonly template: { readonly spec: { readonly container: readonly object[]; readonly volume: readonly object[] } } };
  };
}

/** A benchmark of a cache in the cluster, `changed` where another cache is different. */
function synthesized(changed: Partial<ICache> = {}): SynthesizedStack {
  return dataStackOf(local, (parts) => {
    const props = cacheProps(parts, "Cache");
    const cache = new InClusterRedis(parts.stack, "Cache", props);
    const namespace = parts.namespace("ChecksNamespace", "data-checks");
    const measured = Object.assign(Object.create(cache) as ICache, changed);
    new CacheBenchmark(parts.stack, "Benchmark", { ...props, name: "measured", namespace, cache: measured });
  });
}

describe("CacheBenchmark", () => {
  const stack = synthesized();
  const job = stack.one("kubernetes_cron_job_v1", "Benchmark").spec as Job;
  const pod = job.job_template.spec.template.spec;

  it("runs when somebody starts it, and never by itself", () => {
    expect(job.suspend).toBe(true);
  });

  it("signs in as the application over TLS, with a password from a Secret", () => {
    expect(pod.container).toMatchObject([
      {
        image: expect.stringMatching(/^docker\.io\/valkey\/valkey:8\.1\..*@sha256:/),
        env: [
          { name: "HOST", value: "cache.cache.svc" },
          { name: "PORT", value: "6379" },
          { name: "USER_NAME", value: "app" },
          { name: "PASSWORD", value_from: { secret_key_ref: { name: "measured-benchmark", key: "password" } } },
          { name: "AUTHORITY", value: "/tls/ca.crt" },
        ],
      },
    ]);
    expect(script(stack)).toContain('--tls --cacert "$AUTHORITY" --sni "$HOST" --user "$USER_NAME" -a "$PASSWORD"');
    expect(manifest(stack, "ExternalSecret", "measured-benchmark").spec.data).toMatchObject([{ remoteRef: { key: "cache-app" } }]);
  });

  it("puts the same load on every cache, and speaks the cluster's protocol where it has to", () => {
    expect(script(stack)).toMatch(/ -t set,get -c 50 -n 100000 -d 256 -r 10000 -q$/m);
    expect(script(stack)).not.toContain("--cluster");
    expect(script(synthesized({ clustered: true }))).toContain(" --cluster -t set,get ");
  });

  it("trusts the environment's authority, by a certificate that comes with it", () => {
    expect(manifest(stack, "Certificate", "measured-benchmark-tls").spec).toMatchObject({ issuerRef: { name: "local-ca" } });
    expect(pod.volume).toContainEqual({ name: "authority", secret: { secret_name: "measured-benchmark-tls" } });
    expect(release(stack, "measured-benchmark-tls").namespace).toContain("ChecksNamespace");
  });

  it("trusts public authorities where the cache has none of its own", () => {
    const other = synthesized({ authority: undefined });
    expect(JSON.stringify(other.one("kubernetes_cron_job_v1", "Benchmark"))).toContain('"/etc/ssl/certs/ca-certificates.crt"');
    expect(JSON.stringify(other.one("kubernetes_cron_job_v1", "Benchmark"))).not.toContain("measured-benchmark-tls");
  });

  it("reaches the cache and nothing else", () => {
    expect(networkPaths(stack)["measured-benchmark-measured-benchmark"]).toEqual([
      "to kube-system/kube-dns 53/UDP 53",
      "to cache/cache 6379",
    ]);
  });
});

function script(stack: SynthesizedStack): string {
  const maps = stack.all("kubernetes_config_map_v1", "Benchmark");
  return (maps[0]?.data as Readonly<Record<string, string>>)["setup.sh"] ?? "";
}
