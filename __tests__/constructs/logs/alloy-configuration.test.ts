import { alloyConfiguration } from "../../../constructs/logs/alloy-configuration";
import { AlloyExpression, alloyText } from "../../../constructs/logs/alloy-syntax";
import { streamLabels } from "../../../constructs/logs/stream-labels";
import { labelsOf } from "../../../constructs/workload/workload-labels";
import { only } from "../../synthesized";
import { readAlloy, referencesIn, type ReadBlock } from "./alloy-file";

/** What each block takes, an exclamation mark after what it needs; by its path. From the Go types of Alloy 1.18.1. */
const known: Readonly<Record<string, readonly string[]>> = {
  logging: ["level", "format"],
  "discovery.kubernetes": ["role!"],
  "discovery.kubernetes/selectors": ["role!", "label", "field"],
  "discovery.relabel": ["targets!"],
  "discovery.relabel/rule": ["source_labels", "separator", "regex", "modulus", "target_label", "replacement", "action"],
  "loki.source.file": ["targets!", "forward_to!", "encoding", "tail_from_end", "on_positions_file_error"],
  "loki.source.file/file_match": ["enabled", "sync_period", "ignore_older_than"],
  "loki.process": ["forward_to!"],
  "loki.process/stage.cri": ["max_partial_lines", "max_partial_line_size", "max_partial_line_size_truncate"],
  "loki.process/stage.json": ["expressions", "source", "drop_malformed"],
  "loki.process/stage.logfmt": ["mapping", "source"],
  "loki.process/stage.structured_metadata": ["values"],
  "loki.process/stage.label_drop": ["values!"],
  "loki.write": ["external_labels", "max_streams"],
  "loki.write/endpoint": ["url!", "batch_size", "batch_wait", "max_backoff_period", "max_backoff_retries", "min_backoff_period"],
};

/** What components export. */
const exported: Readonly<Record<string, readonly string[]>> = {
  "discovery.kubernetes": ["targets"],
  "discovery.relabel": ["output", "rules"],
  "loki.process": ["receiver"],
  "loki.write": ["receiver"],
};

const blocks = readAlloy(alloyConfiguration("dev"));

describe("the configuration of Alloy", () => {
  it("has blocks and arguments that Alloy knows, and all that it needs", () => {
    expect(blocks.flatMap((block) => problemsOf(block, ""))).toEqual([]);
  });

  it("refers to nothing but what its components export", () => {
    const references = blocks.flatMap(referencesIn);
    expect(references).toEqual([
      "discovery.kubernetes.pods.targets",
      "discovery.relabel.pods.output",
      "loki.process.pods.receiver",
      "loki.write.loki.receiver",
    ]);
    const exports = blocks.flatMap(({ label, name }) => (exported[name] ?? []).map((field) => `${name}.${label}.${field}`));
    for (const reference of references) expect(exports).toContain(reference);
  });

  it("holds nothing that Helm would take for a template of its own", () => {
    expect(alloyConfiguration("dev")).not.toContain("{{");
  });

  it("asks for the pods of its own node alone", () => {
    expect(valuesOf("discovery.kubernetes", "selectors")).toEqual({ role: '"pod"', field: '"spec.nodeName=" + sys.env ( "HOSTNAME" )' });
  });

  it("has few labels", () => {
    const labels = rules().map(({ values }) => values.target_label?.slice(1, -1) ?? "");
    const kept = new Set(labels.filter((label) => !label.startsWith("__") && !metadata().includes(label)));
    expect([...kept, "environment"]).toEqual(streamLabels);
    expect(valuesOf("loki.process", "stage.label_drop")).toEqual({ values: '[ "filename" ]' });
    expect(
      only(
        blocks.filter(({ name }) => name === "loki.write"),
        "loki.write",
      ).values,
    ).toEqual({
      external_labels: '{ "environment" = "dev" }',
    });
  });

  it("keeps what has many values beside the line", () => {
    expect(metadata()).toEqual(["pod", "node", "stream", "level", "trace_id", "span_id"]);
  });

  it("tells the teams' workloads from the platform by the label that only they have", () => {
    const role = Object.keys(labelsOf({ application: "shop", workload: "web" }, "server")).find((label) => label.endsWith("/role"));
    expect(relabeled({ __meta_kubernetes_pod_container_name: "web" }).tier).toBe("platform");
    expect(relabeled({ [`__meta_kubernetes_pod_labelpresent_${role?.replace("/", "_")}`]: "true" }).tier).toBe("application");
  });

  it("calls a workload what it calls itself, else after its container", () => {
    const container = { __meta_kubernetes_pod_container_name: "coredns" };
    const oldLabel = { ...container, __meta_kubernetes_pod_label_k8s_app: "kube-dns" };
    expect(relabeled(container).workload).toBe("coredns");
    expect(relabeled(oldLabel).workload).toBe("kube-dns");
    expect(relabeled({ ...oldLabel, __meta_kubernetes_pod_label_app_kubernetes_io_name: "search" }).workload).toBe("search");
  });

  it("finds the files of a pod, and those of pods that the kubelet starts by itself", () => {
    const pod = { __meta_kubernetes_pod_uid: "0a1b", __meta_kubernetes_pod_container_name: "web" };
    expect(relabeled(pod).__path__).toBe("/var/log/pods/*0a1b/web/*.log");
    expect(relabeled({ ...pod, __meta_kubernetes_pod_annotation_kubernetes_io_config_hash: "9f8e" }).__path__).toBe(
      "/var/log/pods/*9f8e/web/*.log",
    );
  });

  it("puts lines together before it looks into them, while labels still tell pods apart", () => {
    const { blocks: stages } = component("loki.process");
    expect(stages.map(({ name }) => name)).toEqual([
      "stage.cri",
      "stage.json",
      "stage.logfmt",
      "stage.structured_metadata",
      "stage.label_drop",
    ]);
  });

  it("sends lines to Loki until it takes them", () => {
    expect(valuesOf("loki.write", "endpoint")).toEqual({ url: '"http://loki.monitoring:3100/loki/api/v1/push"', max_backoff_retries: "0" });
  });
});

describe("Alloy's language", () => {
  it("writes every kind of value", () => {
    const text = alloyText([
      {
        name: "some.component",
        label: "here",
        arguments: { text: 'a "quoted" \\ one', number: 3, flag: true, list: ["a", new AlloyExpression("b.c")], map: { key: "value" } },
        blocks: [{ name: "part" }],
      },
    ]);
    expect(text).toBe(
      [
        'some.component "here" {',
        '  text = "a \\"quoted\\" \\\\ one"',
        "  number = 3",
        "  flag = true",
        '  list = ["a", b.c]',
        '  map = { "key" = "value" }',
        "  part { }",
        "}",
        "",
      ].join("\n"),
    );
    expect(only(readAlloy(text), "block").blocks).toEqual([{ name: "part", label: "", values: {}, blocks: [] }]);
  });

  it.each([
    ["a block without an end", "a {\n"],
    ["a block that ends twice", "a { }\n}\n"],
    ["a value without a name", 'a {\n  = "b"\n}\n'],
    ["a name without a value", "a {\n  b =\n}\n"],
    ["a string without an end", 'a {\n  b = "c\n}\n'],
    ["brackets that cross", "a {\n  b = [c)\n}\n"],
    ["a value that is given twice", "a {\n  b = 1\n  b = 2\n}\n"],
  ])("fails to be read with %s", (_, text) => {
    expect(() => readAlloy(text)).toThrow();
  });
});

/** What Alloy would say of a block. */
function problemsOf({ name, values, blocks: parts }: ReadBlock, parent: string): readonly string[] {
  const path = `${parent}${name}`;
  const takes = known[path];
  if (takes === undefined) return [`${path} is unknown`];
  const names = takes.map((argument) => argument.replace("!", ""));
  return [
    ...Object.keys(values).flatMap((given) => (names.includes(given) ? [] : [`${path} does not take ${given}`])),
    ...takes.flatMap((argument) => (argument.endsWith("!") && !(argument.slice(0, -1) in values) ? [`${path} needs ${argument}`] : [])),
    ...parts.flatMap((part) => problemsOf(part, `${path}/`)),
  ];
}

function component(name: string): ReadBlock {
  return only(
    blocks.filter((block) => block.name === name),
    name,
  );
}

function valuesOf(name: string, part: string): ReadBlock["values"] {
  return only(
    component(name).blocks.filter((block) => block.name === part),
    part,
  ).values;
}

function rules(): readonly ReadBlock[] {
  return component("discovery.relabel").blocks;
}

function metadata(): readonly string[] {
  return [...(valuesOf("loki.process", "stage.structured_metadata").values ?? "").matchAll(/"(\w+)" =/g)].map(([, name]) => name ?? "");
}

/** Labels of a target after the rules, as Prometheus applies them. */
function relabeled(target: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return rules().reduce<Readonly<Record<string, string>>>((labels, { values }) => {
    const text = (name: string, otherwise: string) => (values[name] === undefined ? otherwise : (JSON.parse(values[name]) as string));
    const sources = values.source_labels === undefined ? [] : (JSON.parse(values.source_labels) as readonly string[]);
    const source = sources.map((label) => labels[label] ?? "").join(text("separator", ";"));
    const match = new RegExp(`^(?:${text("regex", "(.*)")})$`).exec(source);
    if (match === null) return labels;
    return { ...labels, [text("target_label", "")]: text("replacement", "$1").replaceAll("$1", match[1] ?? "") };
  }, target);
}
