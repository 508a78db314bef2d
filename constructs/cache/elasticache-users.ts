import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { generatedPassword } from "../secrets/generated-password";
import { awsNames } from "../shared/naming";
import { cacheUserName, type CacheIntent } from "./cache";
import { applicationRights } from "./cache-users";
import { metricsUserName } from "./redis-exporter";

export interface ElastiCacheUsersProps {
  readonly environment: AwsEnvironment;
  readonly engine: CacheIntent["engine"];
  /** Last part of the cache's name. */
  readonly name: string;
  /** Password of the application's user. */
  readonly password: string;
  /** Password of the user who asks how the cache does. @default there is none */
  readonly metricsPassword?: string;
}

/** Rules of a user that nobody signs in as. They are written as the server itself lists them, so that no plan finds a difference. */
const nobody = "off resetchannels -@all";

/** Says how it does, and nothing about keys. */
const metricsRights = "on resetchannels -@all +ping +info";

/** Who may sign in to a cache of ElastiCache: the application, and who asks how it does. */
export class ElastiCacheUsers extends Construct {
  /** Escape hatch. */
  readonly resource: ElasticacheUserGroup;

  constructor(scope: Construct, id: string, { environment, engine, metricsPassword, name, password }: ElastiCacheUsersProps) {
    super(scope, id);
    const names = awsNames(environment);
    const user = (userName: string, purpose: string, accessString: string, passwords: string[]) =>
      new ElasticacheUser(this, `User-${purpose}`, {
        userId: names.cacheUser(name, purpose),
        userName,
        engine,
        accessString,
        authenticationMode: { type: "password", passwords },
      });
    // Connections that do not sign in are this user's. A group needs one of this name, and Valkey takes none without a password.
    const unnamed = user("default", "none", nobody, [generatedPassword(this)]);
    const application = user(cacheUserName, cacheUserName, `on ${applicationRights}`, [password]);
    const metrics = metricsPassword === undefined ? [] : [user(metricsUserName, metricsUserName, metricsRights, [metricsPassword])];
    this.resource = new ElasticacheUserGroup(this, "Resource", {
      userGroupId: names.cache(name),
      engine,
      userIds: [unnamed, application, ...metrics].map(({ userId }) => userId),
    });
  }
}
