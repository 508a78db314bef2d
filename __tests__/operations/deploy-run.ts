import { readFileSync } from "node:fs";
import { Deployment } from "../../operations/deploy";
import { plainProgress } from "../../operations/progress";
import { placeOn, readyShell, type SharedSite } from "./deploy-site";

// A deployment in a process of its own, so that it can be killed.
const shared = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as SharedSite;
const nothing = () => Promise.resolve();

void new Deployment({
  ...shared,
  run: readyShell,
  progress: plainProgress((line) => console.log(line)),
  consent: nothing,
  bootstrap: nothing,
  deployed: nothing,
  place: placeOn(shared),
}).deploy();
