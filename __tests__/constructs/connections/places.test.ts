import { awsPlaces } from "../../../constructs/connections/aws-places";
import { kindPlaces } from "../../../constructs/connections/kind-places";
import type { Block, Place } from "../../../constructs/connections/places";
import { overlap } from "../../../constructs/network/cidr";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";

const { dev, local, prod } = environments;
const existing: AwsEnvironment = {
  ...dev,
  network: {
    vpc: "existing",
    vpcId: "vpc-0123456789abcdef0",
    cidr: "10.99.0.0/16",
    subnetIds: { public: [], private: [], data: [], intra: [] },
  },
};

const blocks = (place: Place | undefined) => (place?.at as readonly Block[]).map(({ cidr }) => cidr);

describe("the places of Kind", () => {
  const places = kindPlaces(local);

  it("are outside of the pods' addresses, but for DNS", () => {
    for (const name of ["api-server", "nodes", "laptop"] as const) {
      expect(places[name]?.at).toEqual([
        { cidr: "10.0.0.0/8", except: ["10.244.0.0/16"] },
        { cidr: "172.16.0.0/12" },
        { cidr: "192.168.0.0/16" },
      ]);
    }
    expect(places.dns?.at).toEqual({ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } });
  });

  it("follow the pods' block", () => {
    const { laptop } = kindPlaces({ ...local, kind: { ...local.kind, podCidr: "192.168.128.0/18" } });
    expect(laptop?.at).toEqual([
      { cidr: "10.0.0.0/8" },
      { cidr: "172.16.0.0/12" },
      { cidr: "192.168.0.0/16", except: ["192.168.128.0/18"] },
    ]);
  });

  it("leave a block out that is the pods' altogether, as Kubernetes takes no exception of the same size", () => {
    const { laptop } = kindPlaces({ ...local, kind: { ...local.kind, podCidr: "192.168.0.0/16" } });
    expect(laptop?.at).toEqual([{ cidr: "10.0.0.0/8" }, { cidr: "172.16.0.0/12" }]);
  });

  it("have the API server on both of its ports", () => {
    expect(places["api-server"]?.ports).toEqual([{ port: 6443 }, { port: 443 }]);
  });

  it("have nothing of the cloud", () => {
    expect([places["load-balancer"], places["pod-identity-agent"], places["aws-endpoints"]]).toEqual([undefined, undefined, undefined]);
  });
});

describe("the places of AWS", () => {
  const places = awsPlaces(prod);

  it("are subnets of the environment's own VPC, one for each zone", () => {
    for (const name of ["nodes", "load-balancer", "aws-endpoints"] as const) {
      expect(blocks(places[name])).toHaveLength(prod.zones.length);
      for (const cidr of blocks(places[name])) expect(overlap(prod.network.cidr, cidr)).toBe(true);
    }
    expect(blocks(places["load-balancer"])).not.toEqual(blocks(places.nodes));
  });

  it("have the API server in its subnets and at the first address of the services", () => {
    expect(blocks(places["api-server"])).toEqual([...blocks(places["aws-endpoints"]), "172.20.0.1/32"]);
    expect(places["api-server"]?.ports).toEqual([{ port: 443 }]);
  });

  it("have the load balancer where it faces: the public subnets, or those of the endpoints, but never among pods", () => {
    const internal = awsPlaces({ ...prod, ingress: { ...prod.ingress, access: "vpc" } });
    expect(blocks(internal["load-balancer"])).toEqual(blocks(places["aws-endpoints"]));
  });

  it("are anywhere in a VPC that somebody else laid out", () => {
    const there = awsPlaces(existing);
    for (const name of ["nodes", "load-balancer", "aws-endpoints"] as const) expect(blocks(there[name])).toEqual(["10.99.0.0/16"]);
    expect(blocks(there["api-server"])).toEqual(["10.99.0.0/16", "172.20.0.1/32"]);
  });

  it("have no laptop", () => {
    expect(places.laptop).toBeUndefined();
  });
});

it.each([
  ["Kind", kindPlaces(local)],
  ["AWS", awsPlaces(dev)],
])("the internet, seen from %s, is HTTPS to public addresses: nothing private, and no metadata service", (_, { internet }) => {
  expect(internet).toEqual({
    at: [{ cidr: "0.0.0.0/0", except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"] }],
    ports: [{ port: 443 }],
  });
});
