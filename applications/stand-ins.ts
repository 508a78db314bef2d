/**
 * Small public images that stand in for a team's own until there are some, so that everything that is declared runs. To use your own,
 * write `image: { repository: "search/reader", version: "1.0.0" }` and leave out `command` and `args`.
 */
export const standIns = {
  /** Answers every path, `/health` and `/ready` among them, with 200. */
  server: { reference: "docker.io/hashicorp/http-echo:1.0.0@sha256:fcb75f691c8b0414d670ae570240cbf95502cc18a9ba57e982ecac589760a186" },
  /** A shell. */
  shell: { reference: "docker.io/library/busybox:1.37.0@sha256:9db7b59979c38555a39def84a31fb98b5296952f9e3afd4f6f11f05b07adfab0" },
  /** A shell with `psql`. */
  psql: {
    reference:
      "ghcr.io/cloudnative-pg/postgresql:17.10-standard-trixie@sha256:78c4fdf165e8ffb1b5b7a7fc6b22b3cf37890a338b4c1c8c4d913896129a86da",
  },
} as const;

/**
 * Arguments by which {@link standIns.server} listens on a port and says who it is; as a comment of Prometheus' text format, so that it is an
 * answer to who asks for metrics, too: there are none.
 */
export function answering(name: string, port: number): readonly string[] {
  return [`-listen=:${port}`, `-text=# ${name}`];
}
