import { refusals } from "../changed";

test("fails when two services share a port of the laptop, and names both", () => {
  expect(refusals("local", { "kind.hostPorts.https": 8080, "kind.hostPorts.registry": 9000 })).toEqual([
    "local.kind.hostPorts: https is 8080, must be another port than that of http; change one of them",
    "local.kind.hostPorts: objectStore is 9000, must be another port than that of registry; change one of them",
  ]);
});

test("fails when the laptop is asked for what it cannot give", () => {
  expect(refusals("local", { highlyAvailable: true, disposable: false, "development.allowInsecure": false })).toEqual([
    "local.development: allowInsecure is false, must be true on a laptop; the registry and the state store speak plain HTTP on the loopback",
    "local: highlyAvailable is true, must be false on a laptop; one machine has no second zone",
    "local: disposable is false, must be true on a laptop; a change of the Kind configuration replaces the cluster",
  ]);
});
