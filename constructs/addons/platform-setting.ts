import type { Environment } from "../../environments/environment";
import type { Places } from "../connections/places";
import type { Footprint } from "../shared/footprint";

/** What every add-on has to know of the platform that it becomes part of. */
export interface PlatformSetting {
  readonly environment: Environment;
  readonly footprint: Footprint;
  readonly places: Places;
}

/** What every add-on is made with. */
export interface AddonProps {
  readonly setting: PlatformSetting;
}
