import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import type { IAwsNetwork } from "../network/aws-network";
import { postgresPort } from "./database";

export interface RdsSecurityGroupProps {
  readonly network: IAwsNetwork;
  /** Name of the group. */
  readonly name: string;
  readonly description: string;
}

/** Who reaches servers of PostgreSQL: nobody until somebody is admitted, and at their port only. They reach nobody. */
export class RdsSecurityGroup extends Construct implements Installed {
  /** Escape hatch. */
  readonly resource: SecurityGroup;
  private readonly parts: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { network, name, description }: RdsSecurityGroupProps) {
    super(scope, id);
    this.resource = new SecurityGroup(this, "Resource", { name, description, vpcId: network.vpcId, tags: { Name: name } });
    this.parts.push(this.resource);
  }

  get installed(): readonly ITerraformDependable[] {
    return this.parts;
  }

  get groupId(): string {
    return this.resource.id;
  }

  /**
   * @param id of the rule
   * @param securityGroupId whose members are admitted
   */
  admit(id: string, securityGroupId: string, description: string): void {
    this.parts.push(
      new VpcSecurityGroupIngressRule(this, id, {
        securityGroupId: this.groupId,
        description,
        referencedSecurityGroupId: securityGroupId,
        ipProtocol: "tcp",
        fromPort: postgresPort,
        toPort: postgresPort,
      }),
    );
  }
}
