import { Ranges } from "./ranges";

/** Ports of different protocols are different numbers. */
const protocols: readonly string[] = ["TCP", "UDP", "SCTP"];
const width = 65_536;

const byProtocol = protocols.map((protocol) => portRange(0, 65_535, protocol));

/** Every port of every protocol. */
export const allPorts = Ranges.union(byProtocol);

/** Ports of a protocol. @throws for a protocol that has none */
export function portRange(from: number, to: number, protocol: string): Ranges {
  const start = protocols.indexOf(protocol) * width;
  if (start < 0 || !(from <= to)) throw new Error(`${from} to ${to} of ${protocol} are no ports`);
  return Ranges.of([start + from, start + to]);
}

/** Ports as `8080`, `53/UDP`, `1024-65535` or `any`. */
export function portText(text: string): Ranges {
  if (text === "any") return allPorts;
  const [numbers = "", protocol = "TCP"] = text.split("/");
  const [from = NaN, to = from] = numbers.split("-").map(Number);
  return portRange(from, to, protocol);
}

/** The opposite of {@link portText}, one text for each range. */
export function textsOf(ports: Ranges): readonly string[] {
  if (ports.empty) return [];
  if (ports.covers(allPorts)) return ["any"];
  return byProtocol.flatMap((all, index) =>
    ports.and(all).list.map(([first, last]) => {
      const protocol = protocols[index];
      const [from, to] = [first - index * width, last - index * width];
      return `${from === to ? from : `${from}-${to}`}${protocol === "TCP" ? "" : `/${protocol}`}`;
    }),
  );
}
