import { Testing, TerraformStack } from "cdktf";
import { tmpdir } from "node:os";
import type { ClusterAccess } from "../../../constructs/cluster/cluster";
import { useCharts, useCluster } from "../../../constructs/cluster/use-cluster";
import type { TerraformJson } from "../../../operations/terraform-json";
import { only } from "../../synthesized";

const exec = {
  by: "exec",
  endpoint: "https://ABC123.gr7.eu-central-1.eks.amazonaws.com",
  certificateAuthority: "Y2VydGlmaWNhdGU=",
  clusterName: "ml-platform-dev",
  region: "eu-central-1",
} as const;

describe("useCluster", () => {
  it("names file and context of a kubeconfig: the ambient one must never decide", () => {
    expect(providerFor({ by: "kubeconfig", path: "../kubeconfig", context: "kind-ml-platform-local" })).toEqual({
      config_path: "../kubeconfig",
      config_context: "kind-ml-platform-local",
    });
  });

  it("fetches a token of EKS at every run, and keeps none", () => {
    expect(providerFor(exec)).toEqual({
      host: exec.endpoint,
      cluster_ca_certificate: '${base64decode("Y2VydGlmaWNhdGU=")}',
      exec: [
        {
          api_version: "client.authentication.k8s.io/v1beta1",
          command: "aws",
          args: ["eks", "get-token", "--cluster-name", "ml-platform-dev", "--region", "eu-central-1", "--output", "json"],
        },
      ],
    });
  });

  it("checks the certificate's own name where a tunnel gives the server another", () => {
    const tunnel = { ...exec, endpoint: "https://localhost:8443", tlsServerName: "ABC123.gr7.eu-central-1.eks.amazonaws.com" };
    expect(providerFor(tunnel)).toMatchObject({ host: "https://localhost:8443", tls_server_name: tunnel.tlsServerName });
  });

  it("fails when the kind of access is unknown", () => {
    expect(() => providerFor({ by: "hope" } as unknown as ClusterAccess)).toThrow('no case for {"by":"hope"}');
  });
});

describe("useCharts", () => {
  it("reaches the cluster in the same way: by a named file and context", () => {
    const access = { by: "kubeconfig", path: "../kubeconfig", context: "kind-ml-platform-local" } as const;
    expect(chartsProviderFor(access)).toEqual({ kubernetes: providerFor(access) });
  });

  it("reaches the cluster in the same way: by a token of EKS, and keeps none", () => {
    const { exec: token, ...connection } = providerFor(exec) as { exec: readonly object[] };
    // The provider's newer protocol takes one object where the other one's takes a list.
    expect(chartsProviderFor(exec)).toEqual({ kubernetes: { ...connection, exec: only(token, "token") } });
  });

  it("fails when the kind of access is unknown", () => {
    expect(() => chartsProviderFor({ by: "hope" } as unknown as ClusterAccess)).toThrow('no case for {"by":"hope"}');
  });
});

function chartsProviderFor(access: ClusterAccess): unknown {
  const stack = new TerraformStack(Testing.app({ outdir: tmpdir() }), "stack");
  useCharts(stack, access);
  const json = JSON.parse(Testing.synth(stack, true)) as TerraformJson;
  return only(json.provider?.helm ?? [], "helm provider");
}

function providerFor(access: ClusterAccess): unknown {
  const stack = new TerraformStack(Testing.app({ outdir: tmpdir() }), "stack");
  useCluster(stack, access);
  const json = JSON.parse(Testing.synth(stack, true)) as TerraformJson;
  return only(json.provider?.kubernetes ?? [], "kubernetes provider");
}
