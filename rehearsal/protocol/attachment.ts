/** How an engine attaches to a running provider: its part of `TF_REATTACH_PROVIDERS`. */
export interface Attachment {
  readonly Protocol: "grpc";
  readonly ProtocolVersion: number;
  readonly Pid: number;
  /** Whether it goes on when an engine ends. */
  readonly Test: boolean;
  readonly Addr: { readonly Network: "tcp" | "unix"; readonly String: string };
}

/** Attachments by the provider's source. */
export type Attachments = Readonly<Record<string, Attachment>>;
