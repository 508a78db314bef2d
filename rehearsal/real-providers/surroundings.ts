import { withoutStrayVariables } from "../../operations/engine";

/** Variables for every run of the engine here: nothing of the developer's shell steers it, and it calls nobody. */
export const surroundings: Readonly<Record<string, string | undefined>> = {
  ...withoutStrayVariables(),
  TF_IN_AUTOMATION: "1",
  TF_INPUT: "0",
  CHECKPOINT_DISABLE: "1",
};
