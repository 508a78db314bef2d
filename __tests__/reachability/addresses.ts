import { Ranges } from "./ranges";

/** Every address of IPv4. */
export const everywhere = blockOf("0.0.0.0/0");

/** The addresses of a block. @throws for anything but IPv4: nobody gets away with what is not looked at */
export function blockOf(cidr: unknown): Ranges {
  const match = typeof cidr === "string" ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr) : null;
  const numbers = (match ?? []).slice(1).map(Number);
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = numbers;
  if (!match || [a, b, c, d].some((octet) => octet > 255) || length > 32) throw new Error(`${JSON.stringify(cidr)} is not a block of IPv4`);
  const size = 2 ** (32 - length);
  const first = Math.floor((((a * 256 + b) * 256 + c) * 256 + d) / size) * size;
  return Ranges.of([first, first + size - 1]);
}
