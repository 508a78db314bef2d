/** A name as a part of a variable's: `data-sets` becomes `DATA_SETS`. */
export function variablePart(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}

/** Variable with the URL of a workload that is talked to, by the workload's name. */
export function urlVariable(workload: string): string {
  return `${variablePart(workload)}_URL`;
}
