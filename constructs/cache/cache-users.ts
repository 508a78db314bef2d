import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import { SecretCopy } from "../secrets/secret-copy";
import type { GeneratedSecret, ISecretStore } from "../secrets/secret-store";
import { cacheUserName, type CacheIntent } from "./cache";
import { cacheNames, type CacheServer } from "./cache-server";

export interface CacheUsersProps {
  readonly server: CacheServer;
  readonly secretStore: ISecretStore;
}

type Topology = CacheIntent["topology"]["kind"];

/**
 * What the application may do on every target: anything with keys and channels, and read what clients ask a server.
 * Not what stops, empties or reconfigures it: `FLUSHALL`, `KEYS` and `CONFIG` are refused.
 */
export const applicationRights = "~* &* +@all -@admin -@dangerous +info";

/** Users of a server, and what they may do. The default user is off. */
const rights = {
  [cacheUserName]: () => applicationRights,
  /** Probes, and the proxy that looks for the primary. */
  health: () => "+ping +role",
  /** The exporter. */
  metrics: () => "+ping +info +slowlog|len +slowlog|get +latency|latest +latency|histogram +client|setname",
  /** What looks after certificates, hands over, and forms clusters. */
  upkeep: (topology) => `+config|set${{ single: "", replicated: " +client|pause", clustered: " +ping +info +cluster" }[topology]}`,
  /** Replicas (Valkey documentation, "Replication"). */
  replication: (topology) => (topology === "single" ? undefined : "+psync +replconf +ping"),
  /** Sentinels (Valkey documentation, "ACL rules for Sentinel and replicas"). */
  sentinel: (topology) =>
    topology === "replicated"
      ? "allchannels +multi +slaveof +ping +exec +subscribe +config|rewrite +role +publish +info +client|setname +client|kill +script|kill"
      : undefined,
} as const satisfies Readonly<Record<string, (topology: Topology) => string | undefined>>;

type UserName = keyof typeof rights;

const userNames = Object.keys(rights) as readonly UserName[];

/** Whoever does not say who they are gets nowhere. */
const defaultUser = "user default off";

/** Users of the Sentinels themselves. */
const sentinelUsers = {
  health: "+ping +sentinel|get-master-addr-by-name",
  upkeep: "+sentinel|failover",
  sentinel: "allchannels +ping +publish +subscribe +client|setname +sentinel",
} as const satisfies Partial<Record<UserName, string>>;

/** Users of a cache in the cluster, with a password each, in the files that servers read. */
export class CacheUsers extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];
  /** Secret with the files `users.acl`, `replication.conf` and `sentinel.conf`, and with the password of each of our own users. */
  readonly secretName: string;
  /** Password of the application's user. */
  readonly application: GeneratedSecret;

  constructor(scope: Construct, id: string, { server, secretStore }: CacheUsersProps) {
    super(scope, id);
    const { intent, name, namespace } = server;
    const topology = intent.topology.kind;
    const users = userNames.filter((user) => rights[user](topology) !== undefined);
    const password = (user: UserName) => secretStore.generate(this, `${user}Password`, `${name}-${user}`, { username: user });
    this.application = password(cacheUserName);
    const own = users.filter((user) => user !== cacheUserName);
    this.secretName = cacheNames(name).users;
    const copy = new SecretCopy(this, "Copy", {
      store: secretStore,
      namespace,
      name: this.secretName,
      data: { [cacheUserName]: this.application, ...Object.fromEntries(own.map((user) => [user, password(user)])) },
      // Nothing but users: Valkey 8.1 does not start with a comment in this file.
      template: {
        "users.acl": lines([defaultUser, ...users.map((user) => userLine(user, rights[user](topology) ?? ""))]),
        ...(topology === "single" ? {} : { "replication.conf": lines(["masteruser replication", "masterauth {{ .replication }}"]) }),
        ...(topology === "replicated" ? { "sentinel.conf": sentinelFile(name) } : {}),
        ...Object.fromEntries((["health", "metrics", "upkeep"] as const).map((user) => [user, `{{ .${user} }}`])),
      },
    });
    this.installed = copy.installed;
  }
}

function sentinelFile(name: string): string {
  return lines([
    defaultUser,
    ...Object.entries(sentinelUsers).map(([user, granted]) => userLine(user, granted)),
    `sentinel auth-user ${name} sentinel`,
    `sentinel auth-pass ${name} {{ .sentinel }}`,
    "sentinel sentinel-user sentinel",
    "sentinel sentinel-pass {{ .sentinel }}",
  ]);
}

function userLine(user: string, granted: string): string {
  return `user ${user} on >{{ .${user} }} ${granted}`;
}

function lines(text: readonly string[]): string {
  return text.map((line) => `${line}\n`).join("");
}
