import type { Progress } from "../../operations/progress";
import { placeOn, readyShell, type DeploySite } from "./deploy-site";

/** What was said, and what somebody was asked and agreed to, since {@link forget}. */
export const said: string[] = [];
export const asked: string[] = [];

/** Forgets what was said and asked. */
export function forget(): void {
  said.splice(0);
  asked.splice(0);
}

/** Remembers what is said. */
export const progress: Progress = {
  step: async (text, work, ended) => {
    const result = await work();
    said.push(ended ? `${text}: ${ended(result)}` : text);
    return result;
  },
  say: (line) => void said.push(line),
};

/** Agrees to everything, and remembers it. */
export const consent = async (what: string) => void asked.push(what);

/** What every operation on a site needs. */
export function shared(site: DeploySite) {
  const { environment, stacks } = site.shared;
  return { environment, stacks, run: readyShell, progress, consent, place: placeOn(site.shared) };
}
