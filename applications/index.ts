import type { Application } from "./application";
import { mlPlatform } from "./ml-platform";
import { search } from "./search";
import { srePortal } from "./sre-portal";

/** The committed applications. */
export const applications: readonly Application[] = [mlPlatform, search, srePortal];
