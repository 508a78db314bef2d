import { appliedValue } from "./value-context";

const type = "kind_cluster";
const cluster = { name: "laptop", node_image: "kindest/node:v1.35.0" };

function value(path: string): string {
  return String(appliedValue(path, type, cluster));
}

describe("values of kind", () => {
  it("name a cluster as the provider does", () => {
    expect(value("id")).toBe("laptop-kindest/node:v1.35.0");
  });

  it("have an API server on this machine", () => {
    expect(value("endpoint")).toMatch(/^https:\/\/127\.0\.0\.1:\d{5}$/);
  });

  it.each([
    ["client_certificate", "CERTIFICATE"],
    ["cluster_ca_certificate", "CERTIFICATE"],
    ["client_key", "RSA PRIVATE KEY"],
  ])("have a %s in PEM", (path, label) => {
    const [, body = ""] = new RegExp(`^-----BEGIN ${label}-----\n([A-Za-z0-9+/=\n]+)\n-----END ${label}-----\n$`).exec(value(path)) ?? [];
    const bytes = Buffer.from(body, "base64");
    expect(bytes.readUInt16BE(0)).toBe(0x3082); // a DER sequence
    expect(bytes.readUInt16BE(2)).toBe(bytes.length - 4);
  });

  it("have an authority of its own", () => {
    expect(value("cluster_ca_certificate")).not.toBe(value("client_certificate"));
  });

  it("have a canary in the key, and another in the kubeconfig", () => {
    const canaries = ["client_key", "kubeconfig"].map((path) => value(path).match(/canary[0-9a-f]{12}/g) ?? []);
    expect(new Set(canaries.flat()).size).toBe(2);
    expect(canaries.map(({ length }) => length)).toEqual([1, 1]);
    expect(value("client_certificate")).not.toContain("canary"); // shown to whoever asks
  });

  it("write all of it into the kubeconfig", () => {
    const lines = value("kubeconfig")
      .split("\n")
      .map((line) => line.replace(/^[ -]+/, ""));
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
    const decoded = (name: string) => Buffer.from(field(name), "base64").toString();
    expect(field("server")).toBe(value("endpoint"));
    expect(field("current-context")).toBe("kind-laptop");
    expect(decoded("certificate-authority-data")).toBe(value("cluster_ca_certificate"));
    expect(decoded("client-certificate-data")).toBe(value("client_certificate"));
    expect(decoded("client-key-data")).toBe(value("client_key"));
  });
});
