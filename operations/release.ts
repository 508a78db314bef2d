/** Layer whose releases are kept: the others are deployed forward only. */
export const releasedLayer = "apps";

/** Most releases that are kept of an environment. */
export const keptReleases = 20;

/** A release of the apps layer. It has addresses and counts, and no values: those may be secrets. */
export interface Release {
  /** From 1, in the order of deployment. */
  readonly id: number;
  /** When it was deployed, in ISO 8601. */
  readonly at: string;
  /** Who deployed it: user and machine. */
  readonly by: string;
  /** Commit of the code that it was synthesized from; left out where there is no git. */
  readonly commit?: string;
  /** Whether there were changes that nobody has committed. */
  readonly dirty: boolean;
  /** What its plan did, in counts. */
  readonly summary: string;
  /** What its plan did to which address, e.g. `update kubernetes_deployment_v1.Api`. */
  readonly changes: readonly string[];
  /** SHA-256 of its stack, to tell two releases apart. */
  readonly digest: string;
  /** The release that it went back to. @default it came from the code */
  readonly backTo?: number;
}

/** Files of a stack, by their paths below its folder. */
export type StackFiles = Readonly<Record<string, string>>;

/** Keeps releases where a team finds them. */
export interface ReleaseStore {
  /** Where that is, for people. */
  readonly place: string;
  /** All that are kept, the oldest first. */
  list(): Promise<readonly Release[]>;
  /**
   * Keeps a release under the next number. Of two at the same time each gets its own.
   * @param files of its stack
   */
  keep(release: Omit<Release, "id">, files: StackFiles): Promise<Release>;
  /** The files of a release. @throws OperationError when they are not there */
  files(id: number): Promise<StackFiles>;
}
