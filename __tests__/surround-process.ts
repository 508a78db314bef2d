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
