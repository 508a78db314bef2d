import { TerraformResource, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { installedBeside, type Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import { NetworkPolicies } from "../connections/network-policies";
import type { Path, Pods } from "../connections/path";
import { ScriptCronJob } from "../jobs/script-cron-job";
import { ScriptJob } from "../jobs/script-job";
import { clientResources, type ScriptVariable } from "../jobs/script-pod";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { SecretCopy } from "../secrets/secret-copy";
import type { GeneratedSecret, ISecretStore, SecretReference } from "../secrets/secret-store";
import { refuse } from "../shared/errors";
import { literalText } from "../shared/literal-text";
import { administratorName, applicationName, postgresPort, type DatabaseIntent } from "./database";
import { postgresImages } from "./postgres-images";
import { readSeedFile, seedFileLimit } from "./seed-file";
import { seedScript, upkeepScript, upkeepSql, userScript, userSql, type TokenUser } from "./setup-scripts";

export interface DatabaseSetupProps {
  readonly setting: PlatformSetting;
  readonly secretStore: ISecretStore;
  readonly namespace: GuardedNamespace;
  /** Name of the database in the environment; the first part of the jobs' names. */
  readonly name: string;
  readonly intent: DatabaseIntent;
  /** The server itself, not a pooler: sessions keep their settings there. */
  readonly host: string;
  /** Something that is another once the server was made anew: the jobs run again then. @default the server outlives the jobs */
  readonly server?: string;
  /** Password of the administrator. */
  readonly administrator: SecretReference | GeneratedSecret;
  /** Password that the application's user gets. */
  readonly application: GeneratedSecret;
  /** Password that the user who reads statistics gets. @default there is none */
  readonly metrics?: GeneratedSecret;
  /** A second way in for the application, without a password. @default none */
  readonly tokenUser?: TokenUser;
  /** Who the jobs talk to besides DNS. */
  readonly paths: (pods: Pods) => readonly Path[];
  /** What has to run before. */
  readonly requires: readonly Installed[];
}

/** Keys of the Secret that the jobs read passwords from. */
const keys = { administrator: "administrator-password", application: "application-password", metrics: "metrics-password" } as const;

/** A server that has just been made may have to fetch its image first. */
const timeoutSeconds = 900;

/** The weekly hour. */
const upkeepSeconds = 3600;

/** What makes a server's database fit for the application: its user, extensions, limits, seed, and weekly upkeep. */
export class DatabaseSetup extends Construct implements Installed, Recorded {
  /** Done once the application can sign in, and finds its seed. */
  readonly installed: readonly ITerraformDependable[];
  readonly ledgerEntries: LedgerEntries;
  private readonly props: DatabaseSetupProps;
  private readonly image: string;
  /** Where the passwords are. */
  private readonly secret: SecretCopy;

  /** @throws ConfigurationError when the seed cannot be run */
  constructor(scope: Construct, id: string, props: DatabaseSetupProps) {
    super(scope, id);
    this.props = props;
    const { administrator, application, intent, metrics, name, namespace, secretStore: store } = props;
    this.image = postgresImages[intent.version];
    this.ledgerEntries = imageEntries(this.image);
    const data = { [keys.administrator]: administrator, [keys.application]: application, ...(metrics ? { [keys.metrics]: metrics } : {}) };
    this.secret = new SecretCopy(this, "Secret", { store, namespace, name: `${name}-setup`, data });
    namespace.expect([{ replicas: 2, resources: clientResources }]); // user and seed come one after the other, upkeep at its time
    const user = this.createUser(this.before());
    this.installed = (this.seed(intent.seedFile, user) ?? user).installed;
    this.keepUp(user);
  }

  private createUser(before: readonly ITerraformDependable[]): ScriptJob {
    const { application, intent, metrics, name, requires, server, tokenUser } = this.props;
    return new ScriptJob(this, "User", {
      ...this.job(`${name}-user`),
      script: userScript(metrics !== undefined),
      files: { "user.sql": userSql(intent, { measured: metrics !== undefined, tokenUser }) },
      variables: [
        ...this.connection("administrator"),
        { name: "APPLICATION_PASSWORD", secret: this.secret.secretName, key: keys.application },
        { name: "FINGERPRINT", value: application.fingerprint },
        ...(metrics ? this.metricsVariables(metrics) : []),
        ...(server === undefined ? [] : [{ name: "SERVER", value: server }]),
      ],
      dependsOn: [...before, ...installedBeside(this, requires)],
      repeatedFor: installedBeside(this, [application, ...(metrics ? [metrics] : [])]).filter((part) =>
        TerraformResource.isTerraformResource(part),
      ),
      timeoutSeconds,
    });
  }

  private metricsVariables({ fingerprint }: GeneratedSecret): readonly ScriptVariable[] {
    return [
      { name: "METRICS_PASSWORD", secret: this.secret.secretName, key: keys.metrics },
      { name: "METRICS_FINGERPRINT", value: fingerprint },
    ];
  }

  private seed(file: string | undefined, user: ScriptJob): ScriptJob | undefined {
    if (file === undefined) return undefined;
    const limit = seedFileLimit(file);
    refuse(limit === undefined ? [] : [{ path: this.node.path, field: "seedFile", value: file, limit, fix: "name or mend a file of SQL" }]);
    const { name, server } = this.props;
    return new ScriptJob(this, "Seed", {
      ...this.job(`${name}-seed`),
      script: seedScript,
      files: { "seed.sql": literalText(readSeedFile(file)) },
      variables: [...this.connection("application"), ...(server === undefined ? [] : [{ name: "SERVER", value: server }])],
      dependsOn: user.installed,
      timeoutSeconds,
    });
  }

  private keepUp(user: ScriptJob): void {
    const { name, intent } = this.props;
    if (intent.upkeep.length === 0) return;
    const [hour, minute] = intent.maintenance.start.split(":").map(Number);
    new ScriptCronJob(this, "Upkeep", {
      ...this.job(`${name}-upkeep`),
      script: upkeepScript,
      files: { "upkeep.sql": upkeepSql(intent) },
      variables: this.connection("administrator"), // who owns the database may look after everybody's tables
      schedule: `${minute} ${hour} * * ${intent.maintenance.day}`,
      timeoutSeconds: upkeepSeconds,
      dependsOn: user.installed,
    });
  }

  private job(name: string) {
    return { name, image: this.image, namespace: this.props.namespace.resource.metadata.name };
  }

  /** What psql and its like read: how to sign in as one of the users. */
  private connection(as: "administrator" | "application"): readonly ScriptVariable[] {
    const { host, intent } = this.props;
    return [
      { name: "HOME", value: "/tmp" },
      { name: "PGHOST", value: host },
      { name: "PGPORT", value: String(postgresPort) },
      { name: "PGDATABASE", value: intent.name },
      { name: "PGUSER", value: as === "administrator" ? administratorName : applicationName },
      { name: "PGPASSWORD", secret: this.secret.secretName, key: keys[as] },
      { name: "PGSSLMODE", value: "require" },
      { name: "PGCONNECT_TIMEOUT", value: "10" },
    ];
  }

  /** What has to be there for the pods of the jobs: their passwords, what keeps them from everything, and what they may do all the same. */
  private before(): readonly ITerraformDependable[] {
    const { intent, name, namespace, paths, setting } = this.props;
    const jobs = ["user", ...(intent.seedFile === undefined ? [] : ["seed"]), ...(intent.upkeep.length === 0 ? [] : ["upkeep"])];
    const pods = jobs.map((job) => ({ namespace: namespace.namespaceName, labels: { app: `${name}-${job}` } }));
    const { resources } = new NetworkPolicies(this, "Paths", {
      owner: `${name}-setup`,
      places: setting.places,
      paths: pods.flatMap((each) => [{ from: each, to: "dns" }, ...paths(each)]),
    });
    return [...this.secret.installed, ...namespace.guards, ...resources];
  }
}
