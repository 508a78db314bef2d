import { canaryOf, numberBelow, pem, textAt } from "./common-values";
import type { ValueContext, ValueTable } from "./value-table";

/** Clusters on the laptop. */
export const kind: ValueTable = {
  kind_cluster: {
    applied: {
      id: (context) => `${textAt(context, "name")}-${textAt(context, "node_image") ?? ""}`,
      client_certificate: (context) => pem("CERTIFICATE", context),
      client_key: clientKey,
      cluster_ca_certificate: authority,
      completed: () => true,
      endpoint,
      kubeconfig,
      kubeconfig_path: (context) => `${textAt(context, "name")}-config`,
      node_image: () => "",
    },
  },
};

function authority(context: ValueContext): string {
  return pem("CERTIFICATE", { ...context, hex: (length, purpose) => context.hex(length, `authority ${purpose}`) });
}

function clientKey(context: ValueContext): string {
  return pem("RSA PRIVATE KEY", context, canaryOf(context, "client_key"));
}

/** A port of this machine that Docker would have chosen. */
function endpoint(context: ValueContext): string {
  return `https://127.0.0.1:${32_768 + numberBelow(28_232, context, "port")}`;
}

/** Its canary is a comment; whoever takes the key out of it has that of the key. */
function kubeconfig(context: ValueContext): string {
  const name = `kind-${textAt(context, "name")}`;
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  return `# ${canaryOf(context, "kubeconfig")}
apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${base64(authority(context))}
    server: ${endpoint(context)}
  name: ${name}
contexts:
- context:
    cluster: ${name}
    user: ${name}
  name: ${name}
current-context: ${name}
kind: Config
preferences: {}
users:
- name: ${name}
  user:
    client-certificate-data: ${base64(pem("CERTIFICATE", context))}
    client-key-data: ${base64(clientKey(context))}
`;
}
