import { refusals } from "../changed";

test("values of charts are taken that the charts know", () => {
  expect(refusals("dev", { addonValues: { "metrics-server": { replicas: 2 }, keda: { image: { keda: { tag: "2.20.2" } } } } })).toEqual([]);
});

test("it fails when charts do not know values: those of all charts are told at once, with what else is wrong", () => {
  const addonValues = { "metrics-server": { replica: 2 }, keda: { image: { keda: { tag: "latest" } } } };
  expect(refusals("dev", { addonValues, owner: "" })).toEqual([
    expect.stringContaining("dev: owner is "),
    'dev.addonValues.keda.image.keda: tag is "latest", must be a tag that names a version; name the version that was tested',
    "dev.addonValues.metrics-server: replica is 2, must be a value that metrics-server has; did you mean replicas?",
  ]);
});

test("it fails when the chart is none of the platform", () => {
  expect(refusals("dev", { addonValues: { "metric-server": {} } })).toHaveLength(1);
});
