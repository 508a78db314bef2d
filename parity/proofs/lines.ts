import { matches, must, type Finding } from "../finding";
import type { Place } from "../place";

/** The line of a file in a ConfigMap that looks as it should; nothing where none does. */
export function line(map: Place, file: string, shape: RegExp): Place {
  return map
    .at("data", file)
    .as("lines")
    .item((text) => matches(shape)(text.value));
}

/** A file has to have a line. */
export function mustSay(map: Place, file: string, shape: RegExp): Finding {
  return must(line(map, file, shape), matches(shape));
}
