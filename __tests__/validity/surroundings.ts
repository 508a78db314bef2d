import { withoutStrayVariables } from "../../operations/engine";

/** Variables for every run of the engine here: nothing of the developer's shell steers it, and it calls nobody. */
export const surroundings: Readonly<Record<string, string | undefined>> = {
  ...withoutStrayVariables(),
  TF_IN_AUTOMATION: "1",
  TF_INPUT: "0",
  CHECKPOINT_DISABLE: "1",
};

/**
 * Sets variables of this process, for `Testing.toBeValidTerraform`, which hands them to the engine and takes no others.
 * @returns puts everything back as it was
 */
export function surroundProcess(variables: Readonly<Record<string, string | undefined>>): () => void {
  const env = process.env; // eslint-disable-line no-restricted-syntax -- cdktf's matcher has no other way in
  const set = (changes: Readonly<Record<string, string | undefined>>) => {
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) Reflect.deleteProperty(env, name);
      else env[name] = value;
    }
  };
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, env[name]]));
  set(variables);
  return () => set(before);
}
