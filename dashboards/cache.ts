import { below, whole } from "./limits";
import type { Board } from "./panel";
import { whoNotices } from "./request-panels";
import { signalPanel } from "./signal-panel";

/** The cache, in the cluster and as a service of AWS alike. */
export const cache: Board = {
  uid: "cache",
  title: "Cache",
  description: "What the cache uses, what it holds, and how often it helps. The same series wherever it runs.",
  tags: ["data"],
  rows: [
    {
      title: "What it uses",
      panels: [
        signalPanel("cache", "up", { meaning: "None is an outage: everything is asked of what is behind it.", limits: whole, width: 24 }),
        signalPanel("cache", "cpu", { meaning: "It works on one core, mostly: look for commands that walk through everything." }),
        signalPanel("cache", "memory", {
          meaning: "Keys fill it, as they may. Then keys give way, or writes fail: the policy of eviction decides.",
        }),
        signalPanel("cache", "connections", { meaning: "Of the most that it takes. Beyond, workloads are turned away." }),
        signalPanel("cache", "replicationLag", { meaning: "What a failover would lose. Nothing is shown where there are no replicas." }),
      ],
    },
    {
      title: "What it does",
      panels: [
        signalPanel("cache", "commands", { meaning: "Commands that it carries out." }),
        signalPanel("cache", "hits", {
          meaning: "The rest goes to the database. A fall is a load on what is behind it.",
          limits: below(0.8, 0.5),
        }),
        signalPanel("cache", "evictions", { meaning: "Keys that gave way to others before their time." }),
        signalPanel("cache", "keys", { meaning: "Keys that it holds. A fall to nothing is a restart without persistence." }),
      ],
    },
    whoNotices,
  ],
};
