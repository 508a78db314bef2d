/** Valkey, and the clients of it that every target uses. */
export const valkeyImage = "docker.io/valkey/valkey:8.1.10-alpine@sha256:081c2f5cb575efc901aa80ff9cdbd1ec6a301682fd35e1ebb4b0990a4a4a8507";

/** Redis 7.2, the last line under the BSD licence. */
const redisImage = "docker.io/library/redis:7.2.14-alpine3.21@sha256:dfa18828cbc07b3ae6a95ec7343f6c214fdee2d836197b4be8e9904420762cd8";

/** What serves a cache in the cluster. */
export const engineImages = { valkey: valkeyImage, redis: redisImage } as const;

/** HAProxy, which leads clients to the primary. 3.2 has long-term support. */
export const proxyImage =
  "docker.io/library/haproxy:3.2.21-alpine3.24@sha256:66e25cc9a8332635f4e897f7f4b1e5622c25f09f0ee23cddc6ce9bdb3a24772a";

/** What tells Prometheus about Valkey and Redis. */
export const exporterImage =
  "docker.io/oliver006/redis_exporter:v1.86.0@sha256:2e9795be900db073e9475fdb9c5124db309b07a3e4e75a1770705cb03be1a1c8";
