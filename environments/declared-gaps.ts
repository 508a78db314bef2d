import { dataGaps } from "./gaps/data-gaps";
import type { DeclaredGap } from "./gaps/declared-gap";
import { observabilityGaps } from "./gaps/observability-gaps";
import { platformGaps } from "./gaps/platform-gaps";

/** Every gap between the environments that is there on purpose; `npm run parity` compares it with what is synthesized. */
export const declaredGaps: readonly DeclaredGap[] = [...dataGaps, ...platformGaps, ...observabilityGaps];
