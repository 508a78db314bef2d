import { noLimit } from "./limits";
import type { Board } from "./panel";
import { seriesOf } from "../constructs/monitoring/signals";
import { whoNotices } from "./request-panels";
import { signalPanel } from "./signal-panel";

const size = seriesOf("objectStore", "size");
const objects = seriesOf("objectStore", "objects");

/** Buckets, in the cluster and in S3 alike. */
export const objectStorage: Board = {
  uid: "object-storage",
  title: "Object storage",
  description: "How much buckets hold, and how fast it grows. S3 counts once a day.",
  tags: ["data"],
  since: "7d",
  rows: [
    {
      title: "What buckets hold",
      panels: [
        {
          kind: "number",
          title: "All buckets",
          description: "Size of all buckets together.",
          unit: "bytes",
          limits: noLimit,
          queries: [{ expression: `sum(${size})`, legend: "size" }],
        },
        {
          kind: "number",
          title: "All objects",
          description: "Objects of all buckets together.",
          unit: "short",
          limits: noLimit,
          queries: [{ expression: `sum(${objects})`, legend: "objects" }],
        },
        {
          kind: "number",
          title: "Growth in a day",
          description: "What came in the last day, less what was deleted.",
          unit: "bytes",
          limits: noLimit,
          queries: [{ expression: `sum(${size}) - sum(${size} offset 1d)`, legend: "growth" }],
        },
        {
          kind: "number",
          title: "Size of an object",
          description: "On average. Many small objects cost more in requests than in storage.",
          unit: "bytes",
          limits: noLimit,
          queries: [{ expression: `sum(${size}) / sum(${objects})`, legend: "average" }],
        },
        signalPanel("objectStore", "size", { meaning: "Old versions count until they are deleted." }),
        signalPanel("objectStore", "objects", { meaning: "Old versions count until they are deleted." }),
        {
          kind: "bars",
          title: "Growth in a week",
          description: "Who grows. A bucket that only grows lacks a rule of its lifecycle.",
          unit: "bytes",
          limits: noLimit,
          width: 24,
          queries: [{ expression: `sort_desc(${size} - ${size} offset 7d)`, legend: "{{bucket}}" }],
        },
      ],
    },
    whoNotices,
  ],
};
