/** Processor architecture of an EC2 instance type. */
export type Architecture = "x86_64" | "arm64";

/** What an instance type brings beside processors. */
export type Accelerator = "none" | "nvidia";

interface Family {
  /** Letters before the generation: `m`, `c`, `g`, `im`. */
  readonly series: string;
  /** Letters after it: `g` Graviton, `d` disk, `n` network, ... */
  readonly attributes: string;
}

/** Architecture by AWS's naming scheme: an attribute `g` stands for Graviton; a1 was the first of them. */
export function architectureOf(instanceType: string): Architecture {
  const { series, attributes } = familyOf(instanceType);
  return attributes.includes("g") || (series === "a" && attributes === "") ? "arm64" : "x86_64";
}

/** The series g, gr and p carry NVIDIA devices. */
export function acceleratorOf(instanceType: string): Accelerator {
  return ["g", "gr", "p"].includes(familyOf(instanceType).series) ? "nvidia" : "none";
}

/** Whether nodes of a group have GPUs; all types of a group have one, or none has. */
export function hasGpus({ instanceTypes }: { readonly instanceTypes: readonly string[] }): boolean {
  return instanceTypes.some((type) => acceleratorOf(type) === "nvidia");
}

/** Whether EKS has an AMI whose drivers fit: not for AMD GPUs, Mac and AWS's own accelerators. */
export function isSupported(instanceType: string): boolean {
  const family = instanceType.split(".")[0] ?? "";
  return !/^(g4ad|mac|trn|inf|dl|vt|f\d)/.test(family);
}

function familyOf(instanceType: string): Family {
  const family = instanceType.split(".")[0] ?? "";
  const [, series = "", attributes = ""] = /^([a-z]+)\d+([a-z-]*)/.exec(family) ?? [];
  return { series, attributes };
}
