const units: Readonly<Record<string, number>> = {
  "": 1,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/**
 * Bytes of a Kubernetes quantity such as `512Mi`.
 * @throws Error when it is none
 */
export function bytesOf(quantity: string): number {
  const [, amount = "", unit = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(quantity) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (amount === "" || factor === undefined) throw new Error(`${quantity} is no quantity of memory; write it as 512Mi`);
  return Number(amount) * factor;
}

/**
 * Thousandths of a core of a Kubernetes quantity such as `250m` or `2`.
 * @throws Error when it is none
 */
export function millicoresOf(quantity: string): number {
  const [, amount = "", milli = ""] = /^(\d+(?:\.\d+)?)(m?)$/.exec(quantity) ?? [];
  if (amount === "") throw new Error(`${quantity} is no quantity of CPU; write it as 250m`);
  return Number(amount) * (milli === "m" ? 1 : 1000);
}
