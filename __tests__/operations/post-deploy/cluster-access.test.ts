import { existsSync, writeFileSync } from "node:fs";
import { environments } from "../../../environments";
import type { AwsEnvironment } from "../../../environments/environment";
import { awsKubectlAccess, localKubectlAccess } from "../../../operations/post-deploy/cluster-access";
import { answered, refused } from "../checks/fake-runner";

describe("access to a cluster", () => {
  it("is by the kubeconfig of the environment's folder on the laptop", () => {
    const { flags } = localKubectlAccess(environments.local, "/project/cdktf.out/stacks/local-apps");
    expect(flags).toEqual(["--kubeconfig", "/project/.state/local/kubeconfig", "--context", "kind-ml-platform-local"]);
  });

  it("is by a kubeconfig of its own on AWS, which does not stay", async () => {
    const lines: string[] = [];
    const { flags, close } = await awsKubectlAccess(environments.dev, async (command, args) => {
      lines.push([command, ...args].join(" "));
      writeFileSync(args[args.indexOf("--kubeconfig") + 1] ?? "", "clusters: []");
      return answered("");
    });

    const [, kubeconfig = ""] = flags;
    expect(flags).toEqual(["--kubeconfig", kubeconfig, "--context", "ml-platform-dev"]);
    expect(lines).toEqual([
      `aws eks update-kubeconfig --name ml-platform-dev --alias ml-platform-dev --region eu-central-1 --kubeconfig ${kubeconfig}`,
    ]);
    expect(existsSync(kubeconfig)).toBe(true);
    close();
    expect(existsSync(kubeconfig)).toBe(false);
  });

  it("goes through a tunnel where that is the way", async () => {
    const reach = { by: "tunnel", address: "localhost:8443", tlsServerName: "abc.gr7.eu-central-1.eks.amazonaws.com" } as const;
    const tunnelled: AwsEnvironment = {
      ...environments.prod,
      cluster: { ...environments.prod.cluster, endpoint: { access: "private", reach } },
    };
    const { flags, close } = await awsKubectlAccess(tunnelled, async () => answered(""));
    close();
    expect(flags.slice(4)).toEqual(["--server", "https://localhost:8443", "--tls-server-name", "abc.gr7.eu-central-1.eks.amazonaws.com"]);
  });

  it("fails when AWS knows no such cluster", async () => {
    await expect(awsKubectlAccess(environments.dev, async () => refused("ResourceNotFoundException"))).rejects.toThrow(
      "aws eks update-kubeconfig failed: ResourceNotFoundException. Is the cluster layer of dev deployed?",
    );
  });
});
