import { Token } from "cdktf";
import { catalogFor } from "../../constructs/catalog";
import type { IWorkloadIdentity, WorkloadIdentityProps } from "../../constructs/identity/workload-identity";
import { NetworkPolicies } from "../../constructs/connections/network-policies";
import { GuardedNamespace } from "../../constructs/namespaces/guarded-namespace";
import type { Environment } from "../../environments/environment";
import { platformStackOf, type PlatformParts } from "../platform-stack";
import { statementsOf, type SynthesizedStack } from "../synthesized";
import { itStandsTwiceOnPlatform } from "./stands-twice";

/** What the identity under test may do from the start. */
export const readModels = {
  Sid: "ReadModels",
  Effect: "Allow",
  Action: ["s3:GetObject"],
  Resource: ["arn:aws:s3:::models/*"],
} as const;

/** What it is allowed later. */
export const writeReports = {
  Sid: "WriteReports",
  Effect: "Allow",
  Action: ["s3:PutObject"],
  Resource: ["arn:aws:s3:::reports/*"],
} as const;

/** Props of an identity in a namespace of its own. */
export function identityProps({ stack, setting, cluster }: PlatformParts, id: string): WorkloadIdentityProps {
  const namespace = new GuardedNamespace(stack, `${id}Team`, { environment: setting.environment, name: "team-a" });
  return { setting, cluster, namespace, serviceAccount: "api", purpose: "models-api", statements: [readModels] };
}

/** What every identity of a workload keeps, whatever it is made of. */
export function itHonoursWorkloadIdentity(
  name: string,
  environment: Environment,
  make: (parts: PlatformParts, id: string) => IWorkloadIdentity,
): void {
  describe(`${name} honours the contract of workload identities`, () => {
    const built: IWorkloadIdentity[] = [];
    const stack = platformStackOf(environment, (parts) => {
      const identity = make(parts, "Identity");
      identity.allow("Reports", writeReports);
      new NetworkPolicies(parts.stack, "PodPaths", {
        owner: "pods",
        places: parts.setting.places,
        paths: identity.paths({ namespace: "team-a", labels: { app: "api" } }),
      });
      built.push(identity);
    });
    const [identity] = built;

    it("is what the catalog of its environment builds", () => {
      platformStackOf(environment, (parts) => {
        const made = catalogFor(environment).workloadIdentity(parts.stack, "Identity", identityProps(parts, "Identity"));
        expect(made.constructor.name).toBe(name);
      });
    });

    it("allows what was asked for at first and later, and nothing else", () => {
      const allowed = policiesOf(stack)
        .flatMap(statementsOf)
        .filter(({ Effect }) => Effect === "Allow");
      expect(allowed).toEqual([readModels, writeReports]);
    });

    it("gives containers the variables that the SDKs of AWS read, and no secret among them", () => {
      const { variables, secretName } = identity?.containerEnvironment ?? { variables: {} };
      expect(variables.AWS_REGION).toMatch(/^[a-z]{2}-[a-z]+-\d$/);
      for (const [variable, value] of Object.entries(variables)) {
        expect([variable, Token.isUnresolved(value)]).toEqual([expect.stringMatching(/^AWS_(REGION|ENDPOINT_URL_S3)$/), false]);
      }
      const secrets = stack.all("kubernetes_secret_v1").filter(({ metadata }) => (metadata as { name: string }).name === secretName);
      const keys = secrets.map(({ data }) => Object.keys(data as object));
      for (const each of keys) expect(each).toEqual(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
      expect(secretName === undefined).toBe(keys.length === 0);
    });

    it("opens paths for the pods that it is for", () => {
      const policy = stack.one("kubernetes_network_policy_v1", "PodPaths_team-a-api");
      expect(policy.spec).toMatchObject({
        pod_selector: { match_labels: { app: "api" } },
        policy_types: ["Egress"],
        egress: expect.arrayContaining([expect.anything()]),
      });
    });

    it("is there for others to wait for", () => {
      expect(identity?.installed.map((part) => Token.isUnresolved(part.fqn))).toContain(true);
    });

    it("fails when an id of a permission is taken", () => {
      platformStackOf(environment, (parts) => {
        const other = make(parts, "Identity");
        other.allow("Reports", writeReports);
        expect(() => other.allow("Reports", writeReports)).toThrow(/already a Construct with name 'Reports'/);
      });
    });

    itStandsTwiceOnPlatform(environment, make);
  });
}

/** Policies of the identity, wherever its variant keeps them. */
function policiesOf(stack: SynthesizedStack): readonly unknown[] {
  return [
    ...stack.all("aws_iam_role_policy").map(({ policy }) => policy),
    ...stack.all("kubernetes_config_map_v1").map(({ data }) => (data as Record<string, unknown>)["policy.json"]),
  ];
}
