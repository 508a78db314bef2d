import { defineCapability } from "../capability";
import { cacheClaims } from "./cache-claims";
import { elastiCache } from "./elasticache";
import { inClusterCache } from "./in-cluster-cache";

/** What speaks the protocol of Redis. */
export const cache = defineCapability({
  name: "cache",
  constructs: ["data/Cache", "data/CacheNamespace"],
  outputs: { cache_host: "string", cache_port: "number", cache_user: "string", cache_secret: "string" },
  claims: cacheClaims,
  exempt: { pointInTime: "neither ElastiCache nor Valkey goes back to a point in time: what counts is kept in the database" },
  variants: [elastiCache, inClusterCache],
});
