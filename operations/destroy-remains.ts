import { failureOf } from "./checks/check";
import { OperationError } from "./operation-error";
import type { Progress } from "./progress";
import type { CommandRunner } from "./run-command";

export interface ClusterRemainsOptions {
  readonly cluster: string;
  readonly region: string;
  readonly run: CommandRunner;
  readonly progress: Progress;
  /** How often is looked before it is given up. @default 90, a quarter of an hour */
  readonly looks?: number;
  /** Time between two looks, in seconds. @default 10 */
  readonly pauseSeconds?: number;
}

/** An instance of the managed node groups goes with the cluster's own stack; what hangs on it does, too. */
const managedTag = "eks:nodegroup-name";

/**
 * What a cluster has made in the account by itself: load balancers of services, network interfaces of pods, volumes of claims, and
 * Karpenter's nodes. No state knows it; the controllers inside of the cluster take it away, as long as there is a cluster.
 */
export class ClusterRemains {
  constructor(private readonly options: ClusterRemainsOptions) {}

  /** Waits until all of it is gone. @returns what is left at the end, e.g. `volume vol-1` */
  async vanish(): Promise<readonly string[]> {
    const { cluster, progress, looks = 90, pauseSeconds = 10 } = this.options;
    return progress.step(
      `waiting for what ${cluster} has made by itself`,
      async () => {
        for (let look = 1; ; look++) {
          const left = await this.list();
          if (left.length === 0 || look >= looks) return left;
          await new Promise((resolve) => setTimeout(resolve, pauseSeconds * 1000));
        }
      },
      (left) => (left.length === 0 ? "nothing is left" : `${left.length} left`),
    );
  }

  /** What is there now. @throws OperationError when AWS does not say */
  async list(): Promise<readonly string[]> {
    const { cluster } = this.options;
    const tag = `kubernetes.io/cluster/${cluster}`;
    const instances = await this.ec2("instances", [`tag-key,${tag}`, "instance-state-name,pending,running,shutting-down,stopping,stopped"]);
    const managed = instances.filter(({ tags }) => tags.includes(managedTag)).map(({ id }) => id);
    const own = ({ on }: Found) => on === undefined || !managed.includes(on);
    const interfaces = [
      ...(await this.ec2("network-interfaces", [`tag-key,${tag}`])),
      ...(await this.ec2("network-interfaces", [`tag:cluster.k8s.amazonaws.com/name,${cluster}`])), // by an older CNI
    ];
    const volumes = await this.ec2("volumes", [`tag-key,${tag}`, "tag-key,kubernetes.io/created-for/pvc/name"]);
    return [
      ...(await this.loadBalancers(tag)).map((arn) => `load balancer ${arn}`),
      ...instances.filter(({ id }) => !managed.includes(id)).map(({ id }) => `instance ${id}`),
      ...new Set(interfaces.filter(own).map(({ id }) => `network interface ${id}`)),
      ...volumes.map(({ id }) => `volume ${id}`), // also on a managed node: a claim's volume outlives the node
    ];
  }

  /** By the tags of the load balancer controller, and of Kubernetes' own. */
  private async loadBalancers(tag: string): Promise<readonly string[]> {
    const filters = [`Key=elbv2.k8s.aws/cluster,Values=${this.options.cluster}`, `Key=${tag}`];
    const found: string[] = [];
    for (const filter of filters) {
      const type = ["--resource-type-filters", "elasticloadbalancing:loadbalancer"];
      const query = ["--query", "ResourceTagMappingList[].ResourceARN"];
      found.push(
        ...((await this.aws(["resourcegroupstaggingapi", "get-resources", ...type, "--tag-filters", filter, ...query])) as string[]),
      );
    }
    return [...new Set(found)];
  }

  private async ec2(what: keyof typeof queries, filters: readonly string[]): Promise<readonly Found[]> {
    const given = filters.map((filter) => {
      const [name = "", ...values] = filter.split(",");
      return `Name=${name},Values=${values.join(",")}`;
    });
    const answer = await this.aws(["ec2", `describe-${what}`, "--filters", ...given, "--query", queries[what]]);
    return (answer as readonly { readonly id: string; readonly on?: string | null; readonly tags?: readonly string[] | null }[]).map(
      ({ id, on, tags }) => ({ id, tags: tags ?? [], ...(on ? { on } : {}) }),
    );
  }

  private async aws(args: readonly string[]): Promise<unknown> {
    const { region, run } = this.options;
    const result = await run("aws", [...args, "--region", region, "--output", "json"], { seconds: 60 });
    if (result.outcome === "ended" && result.exitCode === 0) return JSON.parse(result.stdout || "[]") ?? [];
    throw new OperationError(`aws ${args[0]} ${args[1]} failed: ${failureOf(result)}. Nothing of the cluster's own layer was destroyed.`);
  }
}

/** Something of EC2: what it hangs on, and the names of its tags. */
interface Found {
  readonly id: string;
  readonly on?: string;
  readonly tags: readonly string[];
}

/** What is asked of each kind, in JMESPath. */
const queries = {
  instances: "Reservations[].Instances[].{id: InstanceId, tags: Tags[].Key}",
  "network-interfaces": "NetworkInterfaces[].{id: NetworkInterfaceId, on: Attachment.InstanceId}",
  volumes: "Volumes[].{id: VolumeId, on: Attachments[0].InstanceId}",
} as const;
