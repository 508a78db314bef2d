import { plain, refusals } from "./changed";

const told = (schedule: unknown) => refusals({ "search.workloads.other": { ...plain, kind: "cron-job", schedule, timeoutSeconds: 60 } });

test.each(["* * * * *", "0 3 * * *", "*/5 * * * *", "0,30 8-18 1 1-12 mon-fri", "59 23 31 12 6", "0-30/10 0 1 JAN SUN", "5/15 0 * * 0,3"])(
  "a schedule may be %j",
  (schedule) => {
    expect(told(schedule)).toEqual([]);
  },
);

test.each([
  ...["60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * 0 *", "* * * * 7", "* * * * sunday", "mon * * * *"],
  ...[
    "* * * *",
    "* * * * * *",
    "*  * * * *",
    "@daily",
    "10-5 * * * *",
    "*/0 * * * *",
    "*/60 * * * *",
    "*-5 * * * *",
    "1,,2 * * * *",
    ", * * * *",
  ],
  ...["-1 * * * *", "1.5 * * * *", "* * * * * TZ", "every day", "", "\n"],
])("fails when a schedule is %j", (schedule) => {
  expect(told(schedule)).toEqual([
    expect.stringMatching(
      /^applications\.search\.workloads\.other: schedule is ".*", must be (five fields of cron such as 0 3 \* \* \*|text|printable)/,
    ),
  ]);
});
