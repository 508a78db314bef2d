import type { CapabilityName, Guarantee } from "../../parity/guarantees";
import type { EnvironmentName } from "../environment";

/** A guarantee that an environment does not give, and that we know of. `npm run parity` fails on any other, and on a gap that is none. */
export interface DeclaredGap {
  readonly what: {
    readonly capability: CapabilityName;
    readonly guarantee: Guarantee;
    /** Claims of the guarantee that are not met; the report names them. */
    readonly claims: readonly string[];
    readonly environments: readonly EnvironmentName[];
  };
  /** Why that is right there. */
  readonly why: string;
  /** Day since when it is known, `YYYY-MM-DD`. */
  readonly since: string;
}
