import { join, resolve } from "node:path";
import { localPaths } from "../constructs/shared/local-paths";
import { awsNames } from "../constructs/shared/naming";
import type { AwsEnvironment, LocalEnvironment } from "../environments/environment";
import { ReleaseBucket } from "./release-bucket";
import { ReleaseFolder } from "./release-folder";

/** Where the releases of an environment on the laptop are kept. @param stackFolder folder of any stack: paths are relative to it */
export function localReleases(environment: LocalEnvironment, stackFolder: string): ReleaseFolder {
  return new ReleaseFolder(join(resolve(stackFolder, localPaths(environment).folder), "releases"));
}

/** Where the releases of an environment on AWS are kept: beside its states. */
export function awsReleases(environment: AwsEnvironment): ReleaseBucket {
  return new ReleaseBucket(environment, awsNames(environment).stateBucket);
}
