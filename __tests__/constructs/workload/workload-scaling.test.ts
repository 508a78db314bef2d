import { QueueReader, scaleByQueues } from "../../../constructs/workload/queue-reader";
import { RunningApplication } from "../../../constructs/workload/running-application";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { applications as committed } from "../../../applications/index";
import { appsStackOf, everyKindIn, runningApplications } from "../../apps-stack";
import { everyKind } from "../../every-kind";
import { networkPaths } from "../../network-paths";
import { manifest, manifestsOf, release } from "../../released";

const { local, dev, prod } = environments;
const { shop, stock } = everyKind;
const sharded = { ...dev.cache, topology: { kind: "clustered", shards: 3, replicas: 1 } } as const;
const clustered: Environment = { ...dev, cache: sharded };
const onLaptop = everyKindIn(local);
const inCloud = runningApplications(clustered, [shop, stock]);

describe("scaling by load", () => {
  const autoscaler = inCloud.one("kubernetes_horizontal_pod_autoscaler_v2");

  it("goes by CPU and memory of the deployment, once that is there", () => {
    const target = inCloud.address("kubernetes_deployment_v1", "shop_web_Pods");
    expect(autoscaler).toMatchObject({
      metadata: { name: `\${${target}.metadata[0].name}`, namespace: `\${${target}.metadata[0].namespace}` },
      spec: {
        scale_target_ref: { api_version: "apps/v1", kind: "Deployment", name: `\${${target}.metadata[0].name}` },
        metric: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", average_utilization: 70 } } },
          { type: "Resource", resource: { name: "memory", target: { type: "Utilization", average_utilization: 80 } } },
        ],
      },
    });
  });

  it("takes pods away slowly", () => {
    expect(autoscaler.spec).toMatchObject({ behavior: { scale_down: [{ stabilization_window_seconds: 300 }] } });
  });

  it("begins with one pod where that will do, and ends with two on a laptop", () => {
    const between = ({ spec }: typeof autoscaler) => spec as { readonly min_replicas: number; readonly max_replicas: number };
    expect(between(autoscaler)).toMatchObject({ min_replicas: 1, max_replicas: 6 });
    expect(between(onLaptop.one("kubernetes_horizontal_pod_autoscaler_v2"))).toMatchObject({ min_replicas: 1, max_replicas: 2 });
  });
});

describe("scaling by a queue", () => {
  it("has KEDA ask the cache how long the list is, down to no pod at all", () => {
    expect(manifest(onLaptop, "ScaledObject")).toEqual({
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      metadata: { name: "worker", namespace: "shop" },
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "worker" },
        minReplicaCount: 0,
        maxReplicaCount: 2,
        pollingInterval: 15,
        cooldownPeriod: 300,
        triggers: [
          {
            type: "redis",
            metadata: { address: "cache.cache.svc:6379", username: "app", enableTLS: "true", listName: "shop:orders", listLength: "10" },
            authenticationRef: { kind: "ClusterTriggerAuthentication", name: "queue-reader" },
          },
        ],
      },
    });
    expect(release(onLaptop, "worker-scaling").depends_on).toEqual(
      expect.arrayContaining([
        onLaptop.address("kubernetes_deployment_v1", "shop_worker_Pods"),
        onLaptop.address("helm_release", "QueueReader_Authentication"),
      ]),
    );
  });

  it("knows a cluster of servers", () => {
    const [trigger] = manifest(inCloud, "ScaledObject").spec.triggers as readonly {
      type: string;
      metadata: Readonly<Record<string, string>>;
    }[];
    expect(trigger?.type).toBe("redis-cluster");
    expect(trigger?.metadata.addresses).toMatch(/configuration_endpoint_address\}:6379$/);
    expect(trigger?.metadata).not.toHaveProperty("address");
  });

  it("signs in with a copy of the password that is where KEDA may read, and in no application's namespace", () => {
    const { secretTargetRef } = manifest(onLaptop, "ClusterTriggerAuthentication", "queue-reader").spec;
    expect(secretTargetRef).toEqual([
      { parameter: "password", name: "queue-reader", key: "password" },
      { parameter: "ca", name: "queue-reader-authority", key: "ca.crt" },
    ]);
    expect(manifest(onLaptop, "ExternalSecret", "queue-reader")).toMatchObject({
      metadata: { namespace: "keda" },
      spec: { data: [{ secretKey: "password", remoteRef: { key: "cache-app", property: "password" } }] },
    });
    expect(manifest(onLaptop, "Certificate", "queue-reader-authority").metadata.namespace).toBe("keda");
    expect(manifestsOf(onLaptop).some(({ kind }) => kind === "TriggerAuthentication")).toBe(false);
  });

  it("trusts public authorities where these have signed", () => {
    expect(manifest(inCloud, "ClusterTriggerAuthentication").spec.secretTargetRef).toEqual([
      { parameter: "password", name: "queue-reader", key: "password" },
    ]);
    expect(manifestsOf(inCloud).filter(({ kind, metadata }) => kind === "Certificate" && metadata.namespace === "keda")).toEqual([]);
  });

  it("opens the way from KEDA to the cache, at both ends, and no other", () => {
    const ofQueues = (name: string) => name.startsWith("queue-reader");
    const paths = (stack: typeof onLaptop) => Object.fromEntries(Object.entries(networkPaths(stack)).filter(([name]) => ofQueues(name)));
    expect(paths(onLaptop)).toEqual({
      "queue-reader-keda-operator": ["to kube-system/kube-dns 53/UDP 53", "to cache/cache 6379"],
      "queue-reader-cache": ["from keda/keda-operator 6379"],
    });
    expect(paths(inCloud)).toEqual({
      "queue-reader-keda-operator": [
        "to kube-system/kube-dns 53/UDP 53",
        ...["10.10.144.0/22", "10.10.148.0/22"].map((block) => `to ${block} 6379`),
      ],
    });
  });

  it("is prepared where some application asks for it", () => {
    expect(scaleByQueues([stock, shop])).toBe(true);
    expect(scaleByQueues([stock])).toBe(false);
    expect(scaleByQueues(committed)).toBe(false);
  });

  it("fails when there is nobody to read the queue", () => {
    expect(() =>
      appsStackOf(prod, [shop, stock], ({ setting, stack }) => {
        const { queues, ...others } = setting;
        expect(queues).toBeInstanceOf(QueueReader);
        new RunningApplication(stack, "shop", { setting: others, application: shop });
      }),
    ).toThrow("prod-apps/shop/worker/Pods/Scaling has nobody to read its queue; make a QueueReader for the stack");
  });
});
