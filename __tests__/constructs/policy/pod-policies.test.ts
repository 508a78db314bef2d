import { catalogFor } from "../../../constructs/catalog";
import type { ImageValidatingPolicy } from "../../../constructs/policy/image-validating-policy";
import { PodPolicies } from "../../../constructs/policy/pod-policies";
import type { ValidatingPolicy } from "../../../constructs/policy/validating-policy";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";
import { manifestsOf, release } from "../../released";
import type { SynthesizedStack } from "../../synthesized";
import { judged } from "./judge";
import { container, kindsOf, podSpec } from "./pods";

const { local, dev, staging, prod } = environments;
const key = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n";

type Policy = ValidatingPolicy | ImageValidatingPolicy;

describe("PodPolicies", () => {
  it("consists of", () => {
    expect(policiesOf(stackOf(prod)).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "ValidatingPolicy restricted-pods",
      "ValidatingPolicy bounded-pods",
      "ValidatingPolicy trusted-images",
      "ValidatingPolicy pinned-images",
    ]);
  });

  it("asks for signatures where keys are configured", () => {
    const [signed] = policiesOf(stackOf({ ...prod, policies: { ...prod.policies, signingKeys: [key] } })).slice(-1);
    expect(signed).toMatchObject({
      kind: "ImageValidatingPolicy",
      metadata: { name: "signed-images" },
      spec: {
        matchImageReferences: [{ glob: "000000000003.dkr.ecr.eu-central-1.amazonaws.com/*" }],
        attestors: [{ cosign: { key: { data: key } } }],
      },
    });
  });

  it.each([
    ["local", local, "Audit", "Ignore"],
    ["dev", dev, "Audit", "Ignore"],
    ["staging", staging, "Deny", "Fail"],
    ["prod", prod, "Deny", "Fail"],
  ])("in %s has every policy act as the environment says, and fail in the same spirit", (_, environment, action, failurePolicy) => {
    const withKey = { ...environment, policies: { ...environment.policies, signingKeys: [key] } };
    const policies = policiesOf(stackOf(withKey));
    expect(policies).toHaveLength(5);
    for (const { spec } of policies) expect(spec).toMatchObject({ validationActions: [action], failurePolicy });
  });

  it("trusts agents that the platform puts into pods, where it does", () => {
    const agent = "ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-java:2.31.1";
    const trusting = (environment: Environment) =>
      JSON.stringify(policiesOf(stackOf(environment)).find(({ metadata }) => metadata.name === "trusted-images")).includes(`'${agent}'`);
    expect([trusting(prod), trusting({ ...prod, monitoring: false })]).toEqual([true, false]);
  });

  it("leaves the same namespaces alone as Kyverno does", () => {
    for (const { spec } of policiesOf(stackOf(prod))) {
      expect(spec.matchConstraints.namespaceSelector.matchExpressions).toEqual([
        {
          key: "kubernetes.io/metadata.name",
          operator: "NotIn",
          values: ["kube-node-lease", "kube-public", "kube-system", "kyverno", "registry"],
        },
      ]);
    }
  });

  it("judges pods, what is added to running pods, and what makes pods", () => {
    for (const { spec } of policiesOf(stackOf(prod))) {
      const { resourceRules } = spec.matchConstraints;
      expect(resourceRules.flatMap(({ resources }) => resources)).toEqual([
        "pods",
        "pods/ephemeralcontainers",
        "daemonsets",
        "deployments",
        "statefulsets",
        "cronjobs",
        "jobs",
      ]);
      for (const { operations } of resourceRules) expect(operations).toEqual(["CREATE", "UPDATE"]);
    }
  });

  it("comes after Kyverno, which brings the types", () => {
    const stack = stackOf(local);
    expect(release(stack, "pod-policies").depends_on).toEqual([stack.address("helm_release", "Kyverno_")]);
  });

  const trusting = { ...local, policies: { ...local.policies, trustedRegistries: ["quay.io/jetstack/"] } };
  const shipped = policiesOf(stackOf(trusting)).find(({ metadata }) => metadata.name === "trusted-images");
  if (shipped === undefined) throw new Error("no policy for trusted images");
  const running = (image: string) => kindsOf(podSpec({ containers: [container({ image })] }));
  it.each(
    judged(shipped, [
      ["trusts the environment's own registry", running("localhost:5001/api:1"), []],
      ["trusts what the environment lists", running("quay.io/jetstack/cert-manager-controller:v1"), []],
    ]),
  )("%s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });

  it("fails when an image is of a registry that nobody trusts", () => {
    const [[, said] = []] = judged(shipped, [["", running("evil.example.com/x:1"), []]]);
    expect(said).toEqual([expect.anything(), expect.anything(), expect.anything()].map(() => [expect.stringContaining("localhost:5001/")]));
  });
});

function policiesOf(stack: SynthesizedStack): readonly Policy[] {
  return manifestsOf(stack) as readonly object[] as readonly Policy[];
}

function stackOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting, cluster }) => {
    const catalog = catalogFor(environment);
    const registry = catalog.registry(stack, "Registry", { images: environment.images, pullPrincipals: [] });
    const kyverno = catalog.policyEngine(stack, "Kyverno", { setting, cluster, after: [], platformNamespaces: ["registry"] });
    new PodPolicies(stack, "Policies", { setting, kyverno, registry });
  });
}
