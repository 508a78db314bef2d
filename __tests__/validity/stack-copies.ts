import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AwsEnvironment, Environment, EnvironmentName } from "../../environments/environment";
import { loadEnvironments } from "../../environments/load";
import { synthesize } from "../../stacks/synthesize";
import type { TerraformJson } from "../../operations/terraform-json";

/** A synthesized stack. */
export interface Stack {
  readonly name: string;
  readonly folder: string;
  readonly json: TerraformJson;
}

/** Synthesizes environments as they are committed, whatever the developer's variables say. */
export function synthesizeStacks(
  outdir: string,
  names: readonly EnvironmentName[],
  committed?: Readonly<Record<EnvironmentName, Environment>>,
): readonly Stack[] {
  const loaded = loadEnvironments({ names, variables: {}, ...(committed ? { committed } : {}) });
  return synthesize(loaded, { outdir }).flatMap(({ ordered }) =>
    ordered.map(({ node: { id: name } }) => {
      const folder = join(outdir, "stacks", name);
      return { name, folder, json: JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson };
    }),
  );
}

/** Production as it looks where others own the network and the API server is reached through a tunnel. */
export function inExistingVpc(prod: AwsEnvironment): AwsEnvironment {
  const subnets = (digit: string) => prod.zones.map((_, index) => `subnet-${digit.repeat(16)}${index}`);
  return {
    ...prod,
    network: {
      vpc: "existing",
      vpcId: "vpc-0123456789abcdef0",
      cidr: prod.network.cidr,
      subnetIds: { public: subnets("a"), private: subnets("b"), data: subnets("c"), intra: subnets("d") },
    },
    cluster: {
      ...prod.cluster,
      endpoint: {
        access: "private",
        reach: { by: "tunnel", address: "localhost:8443", tlsServerName: "0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com" },
      },
    },
  };
}

/**
 * Copies a stack to where it can be validated without its backend.
 * @param json is written instead of the stack's own. @default what ships, byte by byte
 * @returns the folder with its manifest
 */
export function writeCopy(folder: string, stack: Stack, json = stack.json): string {
  const workingDirectory = `stacks/${stack.name}`;
  const copy = join(folder, workingDirectory);
  mkdirSync(copy, { recursive: true });
  cpSync(stack.folder, copy, { recursive: true });
  if (json !== stack.json) writeFileSync(join(copy, "cdk.tf.json"), JSON.stringify(json));
  writeFileSync(join(copy, "validity_override.tf.json"), JSON.stringify({ terraform: { backend: { local: {} } } }));
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ stacks: { [stack.name]: { name: stack.name, workingDirectory } } }));
  return folder;
}
