import { environmentNames, type EnvironmentName } from "./environment";

/** The only place that reads `process.env`. */
const machine: Readonly<Record<string, string | undefined>> = process.env;

/** A value of an environment that can be given from outside, without editing code. */
export interface Override {
  /** Last part of the variable's name: `EVENKEEL_<ENVIRONMENT>_<suffix>`. */
  readonly suffix: string;
  /** Where the value goes. */
  readonly path: readonly [string, ...string[]];
  /** How the text becomes a value; a list is separated by commas. */
  readonly type: "text" | "number" | "list";
  readonly about: string;
}

const awsOverrides: readonly Override[] = [
  { suffix: "ACCOUNT_ID", path: ["accountId"], type: "text", about: "AWS account, 12 digits" },
  { suffix: "REGION", path: ["region"], type: "text", about: "AWS region; give ZONES as well" },
  { suffix: "ZONES", path: ["zones"], type: "list", about: "availability zones" },
  { suffix: "DOMAIN", path: ["domain"], type: "text", about: "domain below which host names live" },
  { suffix: "HOSTED_ZONE_ID", path: ["hostedZone", "id"], type: "text", about: "Route 53 zone that holds the domain" },
  { suffix: "HOSTED_ZONE_NAME", path: ["hostedZone", "name"], type: "text", about: "name of that zone" },
  { suffix: "VPC_CIDR", path: ["network", "cidr"], type: "text", about: "addresses of the VPC" },
  { suffix: "ADMINS", path: ["cluster", "admins"], type: "list", about: "principals with every right in the cluster" },
  { suffix: "VIEWERS", path: ["cluster", "viewers"], type: "list", about: "principals that may look" },
  { suffix: "API_CIDRS", path: ["cluster", "endpoint", "cidrs"], type: "list", about: "blocks that reach a public API server" },
  {
    suffix: "VPN_CIDRS",
    path: ["cluster", "endpoint", "reach", "cidrs"],
    type: "list",
    about: "blocks behind the VPN that reach a private API server",
  },
  {
    suffix: "TUNNEL_ADDRESS",
    path: ["cluster", "endpoint", "reach", "address"],
    type: "text",
    about: "local end of the tunnel to a private API server",
  },
  {
    suffix: "TUNNEL_SERVER_NAME",
    path: ["cluster", "endpoint", "reach", "tlsServerName"],
    type: "text",
    about: "host name in that API server's certificate",
  },
  { suffix: "REPLICA_REGION", path: ["s3", "replication", "region"], type: "text", about: "region that objects are copied to" },
  { suffix: "REPLICA_ACCOUNT_ID", path: ["s3", "replication", "accountId"], type: "text", about: "account that owns the copies" },
  { suffix: "REPLICA_KEY_ARN", path: ["s3", "replication", "keyArn"], type: "text", about: "key that encrypts the copies" },
  { suffix: "CERTIFICATE_EMAIL", path: ["certificates", "email"], type: "text", about: "who is told when a certificate expires" },
];

const localOverrides: readonly Override[] = [
  { suffix: "HTTP_PORT", path: ["kind", "hostPorts", "http"], type: "number", about: "port of the gateway, HTTP" },
  { suffix: "HTTPS_PORT", path: ["kind", "hostPorts", "https"], type: "number", about: "port of the gateway, HTTPS" },
  { suffix: "REGISTRY_PORT", path: ["kind", "hostPorts", "registry"], type: "number", about: "port of the registry" },
  { suffix: "OBJECT_STORE_PORT", path: ["kind", "hostPorts", "objectStore"], type: "number", about: "port of the object store" },
];

/** What can be given from outside, by environment. */
export const overrides: Readonly<Record<EnvironmentName, readonly Override[]>> = {
  local: localOverrides,
  dev: awsOverrides,
  staging: awsOverrides,
  prod: awsOverrides,
};

/** Chooses the environments, separated by commas. @default all of them */
export const selectionVariable = "EVENKEEL_ENVIRONMENTS";

/** A JSON file `{ "<environment>": { ... } }` whose values replace the committed ones. */
export const valuesVariable = "EVENKEEL_VALUES";

/** Day that ends of support are compared with, `YYYY-MM-DD`. @default today */
export const todayVariable = "EVENKEEL_TODAY";

/** Folder with facts about charts that tests compare ours with. For those who work on this project; it changes nothing that is built. */
export const chartDataVariable = "EVENKEEL_CHART_DATA";

/** Full name of the variable of an override. */
export function variableName(environment: EnvironmentName, override: Override): string {
  return `EVENKEEL_${environment.toUpperCase()}_${override.suffix}`;
}

/** The items of a list that a variable holds, separated by commas. */
export function listOf(given: string): readonly string[] {
  return given
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
}

/** Every variable that is understood by those who build environments. */
export function knownVariables(): readonly string[] {
  return [
    selectionVariable,
    valuesVariable,
    todayVariable,
    ...environmentNames.flatMap((name) => overrides[name].map((override) => variableName(name, override))),
  ];
}

/** The variables of this process whose names start with `EVENKEEL_`; empty ones count as absent. */
export function givenVariables(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(machine).filter((entry): entry is [string, string] => entry[0].startsWith("EVENKEEL_") && !!entry[1]),
  );
}

/** The engine that runs what was synthesized; the variable is the one that cdktf-cli reads. @default terraform */
export function engineBinary(): string {
  return machine.TERRAFORM_BINARY_NAME || "terraform";
}

/** The folder that cdktf synthesizes into; the variable is the one that cdktf reads. @default cdktf.out */
export function outputFolder(): string {
  return machine.CDKTF_OUTDIR || "cdktf.out";
}

/** Environment of a child process: this one's, with changes; `undefined` takes a variable away. */
export function childVariables(changes: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  return { ...machine, ...changes };
}

/** Names of this machine's variables that have a shape. */
export function machineVariables(shape: RegExp): readonly string[] {
  return Object.keys(machine).filter((name) => shape.test(name));
}

/** A variable of this machine that is neither ours nor the engine's, e.g. `AWS_PROFILE`. */
export function machineVariable(name: string): string | undefined {
  return machine[name] || undefined;
}

/**
 * Switches off the AWS SDK's notice that it leaves Node 20 in January 2027: the SDK is pinned, so the notice is for
 * whoever pins it, not for whoever runs a command.
 */
export function silenceSdkNotice(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
}
