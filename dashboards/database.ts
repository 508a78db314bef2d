import { above, below, whole } from "./limits";
import type { Board } from "./panel";
import { whoNotices } from "./request-panels";
import { signalPanel } from "./signal-panel";

/** The database, in the cluster and as a service of AWS alike. */
export const database: Board = {
  uid: "database",
  title: "Database",
  description: "PostgreSQL: what it uses, what it does, and how old its newest backup is. The same series wherever it runs.",
  tags: ["data"],
  rows: [
    {
      title: "What it uses",
      panels: [
        signalPanel("database", "up", { meaning: "None is an outage: workloads get no answer.", limits: whole, width: 24 }),
        signalPanel("database", "cpu", { meaning: "Of what is set aside for it. Look for slow queries before a larger size." }),
        signalPanel("database", "memory", { meaning: "Much is normal: buffers fill it. Near its end the process is killed." }),
        signalPanel("database", "storage", { meaning: "A full volume stops all writes." }),
        signalPanel("database", "connections", {
          meaning: "Of the most that it takes. Beyond, workloads are turned away: pool them, or look for who keeps theirs.",
        }),
      ],
    },
    {
      title: "What it does",
      panels: [
        signalPanel("database", "transactions", { meaning: "Transactions that ended, well or not." }),
        signalPanel("database", "cacheHits", {
          meaning: "The rest comes from the disk. A fall says that what is asked for no longer fits into memory.",
          limits: below(0.95, 0.9),
        }),
        signalPanel("database", "deadlocks", {
          meaning: "Transactions that waited for each other; one of them is given up each time.",
          limits: above(1),
        }),
        signalPanel("database", "size", { meaning: "What the databases hold, without indexes that are being built and without the log." }),
      ],
    },
    {
      title: "What would be lost",
      panels: [
        signalPanel("database", "replicationLag", { meaning: "What a failover would lose. Nothing is shown where there are no replicas." }),
        signalPanel("database", "backupAge", { meaning: "One is made every day. Nothing is shown where none is meant to be." }),
      ],
    },
    whoNotices,
  ],
};
