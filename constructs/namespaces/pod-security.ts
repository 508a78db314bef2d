/** Pod Security Standard of a namespace: `restricted`, unless what runs there needs more, and then why. */
export type PodSecurity =
  | "restricted"
  | {
      readonly level: "baseline" | "privileged";
      /** What needs it, and for what. It stands at the namespace. */
      readonly reason: string;
    };
