/** How every release of ours is made: all of it or, when it fails, none, in a namespace that is there already. */
export const wholeRelease = {
  createNamespace: false,
  atomic: true,
  cleanupOnFail: true,
  wait: true,
  /** Revisions that Helm keeps of each, failed ones included. Each is a Secret. */
  maxHistory: 5,
} as const;
