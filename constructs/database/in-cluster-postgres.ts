import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Manifests, type CustomResource } from "../addons/manifests";
import { NetworkPolicies } from "../connections/network-policies";
import type { Path, Pods } from "../connections/path";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import type { PodMonitor } from "../monitoring/pod-monitor";
import { SignalRules } from "../monitoring/signal-rules";
import { SecretCopy } from "../secrets/secret-copy";
import type { GeneratedSecret, SecretReference } from "../secrets/secret-store";
import { CnpgBackups, type IdentityFactory } from "./cnpg-backups";
import type { CnpgDatabase } from "./cnpg-database";
import { cnpgPaths } from "./cnpg-paths";
import { instancePods, poolerName, poolerPods, serviceHost, type CnpgPlace } from "./cnpg-pods";
import { cnpgPooler } from "./cnpg-pooler";
import { cnpgServer, instancesOf } from "./cnpg-server";
import { instanceResources } from "./cnpg-sizes";
import { cnpgExpressions } from "./cnpg-expressions";
import { administratorName, applicationName, databaseUrl, postgresPort, type DatabaseProps, type IDatabase } from "./database";
import { DatabaseSetup } from "./database-setup";
import { postgresImages } from "./postgres-images";

export interface InClusterPostgresProps extends DatabaseProps {
  /** Who the backups are made as. */
  readonly identity: IdentityFactory;
}

/** PostgreSQL by CloudNativePG: for the laptop, and for any cluster that has the operator, its plugin and an object store. */
export class InClusterPostgres extends Construct implements IDatabase, Recorded {
  readonly host: string;
  readonly port = postgresPort;
  readonly databaseName: string;
  readonly userName = applicationName;
  readonly credentialsSecret: SecretReference;
  readonly url: string;
  readonly installed: readonly ITerraformDependable[];
  readonly ledgerEntries: LedgerEntries;
  /** Escape hatch: the server, its pooler and its backups. */
  readonly release: Manifests;
  /** Undefined where the environment keeps no backups. */
  readonly backups: CnpgBackups | undefined;
  private readonly place: CnpgPlace;

  /** @throws ConfigurationError when a name is too long */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: InClusterPostgresProps,
  ) {
    super(scope, id);
    const { intent, name, namespace, secretStore, setting } = props;
    this.place = { name, namespace: namespace.namespaceName };
    const server = serviceHost(`${name}-rw`, this.place.namespace);
    this.host = intent.pooling ? serviceHost(poolerName(name), this.place.namespace) : server;
    this.databaseName = intent.name;
    this.url = databaseUrl(this.host, this.port, this.databaseName);
    this.ledgerEntries = imageEntries(postgresImages[intent.version]);
    const administrator = secretStore.generate(this, "AdministratorPassword", `${name}-administrator`);
    const application = secretStore.generate(this, "ApplicationPassword", `${name}-app`, { username: applicationName });
    this.credentialsSecret = application;
    this.backups = this.createBackups();
    this.expectPods();
    this.release = this.createServer(administrator);
    const setup = new DatabaseSetup(this, "Setup", {
      setting,
      secretStore,
      namespace,
      name,
      intent,
      host: server,
      administrator,
      application,
      paths: (pods) => [{ from: pods, to: instancePods(this.place), ports: [{ port: this.port }] }],
      requires: [this.release],
    });
    this.installed = setup.installed;
    this.watch();
  }

  paths(pods: Pods): readonly Path[] {
    const server = this.props.intent.pooling ? poolerPods(this.place) : instancePods(this.place);
    return [
      { from: pods, to: "dns" },
      { from: pods, to: server, ports: [{ port: this.port }] },
    ];
  }

  /** Does nothing: PostgreSQL itself knows no credentials but passwords and certificates. Pods sign in with the application's password. */
  grantConnect(): void {}

  private createBackups(): CnpgBackups | undefined {
    const { identity, intent, name, namespace, objectStore, setting } = this.props;
    const { backupRetentionDays: retentionDays } = setting.environment;
    if (retentionDays === 0) return undefined;
    const resources = setting.footprint.resources("medium");
    return new CnpgBackups(this, "Backups", {
      name,
      version: intent.version,
      namespace,
      objectStore,
      identity,
      retentionDays,
      backupAt: intent.backupAt,
      resources,
    });
  }

  private expectPods(): void {
    const { intent, namespace, setting } = this.props;
    const { footprint } = setting;
    const replicas = instancesOf(setting, intent);
    namespace.expect([
      { replicas, resources: instanceResources(footprint, intent.size) },
      ...(this.backups ? [{ replicas, resources: footprint.resources("medium") }] : []),
      ...(intent.pooling ? [{ replicas: footprint.replicas, resources: footprint.resources("small") }] : []),
    ]);
  }

  private createServer(administrator: GeneratedSecret): Manifests {
    const { backups, place } = this;
    const { intent, name, namespace, secretStore, setting, storageClass } = this.props;
    const { environment, footprint, places } = setting;
    const policies = new NetworkPolicies(this, "Paths", {
      owner: name,
      places,
      paths: cnpgPaths({
        ...place,
        pooling: intent.pooling,
        monitoring: environment.monitoring,
        toBackups: (pods) => backups?.paths(pods) ?? [],
      }),
    });
    const secret = new SecretCopy(this, "Administrator", {
      store: secretStore,
      namespace,
      name: `${name}-administrator`,
      data: { password: administrator },
      template: { username: administratorName, password: "{{ .password }}" },
      type: "kubernetes.io/basic-auth",
      labels: { "cnpg.io/reload": "true" }, // else the operator would not notice another password
    });
    const release = new Manifests(this, "Server", {
      release: name,
      namespace,
      resources: [
        cnpgServer({ ...place, setting, storageClass, intent, administratorSecret: secret.secretName, backups: backups?.clusterSpec }),
        ...(intent.extensions.length > 0 ? [this.extensions()] : []),
        ...(intent.pooling ? [cnpgPooler({ ...place, footprint, intent })] : []),
        ...(backups?.resources ?? []),
        ...this.monitors(),
      ],
      requires: [secret, storageClass, { installed: [...namespace.guards, ...policies.resources] }, ...(backups ? [backups] : [])],
    });
    // Volumes go with the cluster that they belong to.
    if (!environment.disposable) release.resource.lifecycle = { preventDestroy: true };
    return release;
  }

  /** Made by the superuser: not every extension is trusted to the owner of a database. */
  private extensions(): CnpgDatabase {
    const { intent, name } = this.props;
    return {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Database",
      metadata: this.place,
      spec: {
        cluster: { name },
        name: intent.name,
        owner: administratorName,
        databaseReclaimPolicy: "retain",
        extensions: intent.extensions.map((extension) => ({ name: extension, schema: "public" })),
      },
    };
  }

  private monitors(): readonly CustomResource[] {
    const { name, namespace } = this.place;
    const monitor = (of: string, { labels }: Required<Pods>): PodMonitor => ({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: { name: of, namespace },
      spec: { selector: { matchLabels: labels }, podMetricsEndpoints: [{ port: "metrics" }] },
    });
    const pooler = this.props.intent.pooling ? [monitor(poolerName(name), poolerPods(this.place))] : [];
    return [monitor(name, instancePods(this.place)), ...pooler];
  }

  private watch(): void {
    const { intent, name, namespace, setting } = this.props;
    new SignalRules(this, "Rules", {
      environment: setting.environment,
      namespace,
      subject: "database",
      name,
      expressions: cnpgExpressions({
        ...this.place,
        databaseName: intent.name,
        replicated: instancesOf(setting, intent) > 1,
        backups: this.backups !== undefined,
      }),
      requires: [this], // before there is a database nobody is to be woken
    });
  }
}
