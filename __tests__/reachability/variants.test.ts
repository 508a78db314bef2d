import { loadEnvironments } from "../../environments/load";
import { committedWith, type Changes } from "../environments/changed";
import { synthesizedEnvironments } from "../stacks/synthesized-environments";
import { Comparison } from "./comparison";
import { applications } from "./matrix";

const withBuckets = ["backend", "backend-schema", "data-processing", "training"]
  .map((name) => `ml-platform/${name}`)
  .concat("search/writer");
const routed = ["ml-platform/backend 8000", "ml-platform/frontend 8080", "search/reader 8081", "sre-portal/portal 8080"];

interface Variant {
  readonly name: string;
  readonly changes: Changes;
  readonly missing: readonly string[];
  readonly open: readonly string[];
}

/** Where something is switched on that no committed environment has: what differs from the matrix, and why. */
const variants: readonly Variant[] = [
  {
    name: "IRSA: tokens become credentials at an endpoint, and nobody asks the agent",
    changes: { identity: "irsa" },
    missing: withBuckets.map((pods) => `${pods} -> pod identity agent 80`),
    open: [],
  },
  {
    name: "a load balancer for the VPC alone: it shares its subnets with the endpoints and the API server",
    changes: { "ingress.access": "vpc" },
    missing: [...routed.map((pods) => `public subnets -> ${pods}`), "monitoring/prober -> internet 443"],
    open: [
      ...routed.flatMap((pods) => [`aws_eks_cluster -> ${pods}`, `intra subnets -> ${pods}`]),
      ...withBuckets.map((pods) => `${pods} -> aws_lb 443`),
      ...["aws_lb", "aws_eks_cluster", "aws_vpc_endpoint", "intra subnets"].map((to) => `monitoring/prober -> ${to} 443`),
    ],
  },
];

it.each(variants)("$name", ({ changes, missing, open }) => {
  const loaded = loadEnvironments({ names: ["dev"], variables: {}, committed: committedWith({ dev: changes }) });
  const { stacks } = synthesizedEnvironments(loaded);
  const found = new Comparison("aws", Object.fromEntries(Object.entries(stacks).map(([name, { json }]) => [name, json]))).difference();
  const watched = [...applications.map((namespace) => `${namespace}/`), "monitoring/prober"];
  const ofWatched = (lines: readonly string[]) => {
    const meant = lines.filter((line) => watched.some((pods) => line.includes(pods)));
    return [...new Set(meant.map((line) => line.replace(/dev-\w+\/(aws_\w+)\.\S+/, "$1")))].sort();
  };
  expect(ofWatched(found.missing)).toEqual([...missing].sort());
  expect(ofWatched(found.open)).toEqual([...open].sort());
});
