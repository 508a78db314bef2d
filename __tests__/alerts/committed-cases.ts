import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { AlertCase, AlertCases } from "./alert-case";

const folder = join(__dirname, "cases");

/** Every case of `cases/`, by the name of its alert, with the file that it is of. One alert may be in several files: that is told by who looks. */
export function committedCases(): readonly { readonly alert: string; readonly file: string; readonly found: AlertCase }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith("-cases.ts"))
    .sort()
    .flatMap((file) =>
      Object.values(jest.requireActual<Readonly<Record<string, AlertCases>>>(join(folder, file))).flatMap((cases) =>
        Object.entries(cases).map(([alert, found]) => ({ alert, file, found })),
      ),
    );
}
