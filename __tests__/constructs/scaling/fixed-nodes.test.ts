import { catalogFor } from "../../../constructs/catalog";
import { FixedNodes } from "../../../constructs/scaling/fixed-nodes";
import { environments } from "../../../environments/index";
import { itHonoursNodeScaling } from "../../contracts/node-scaling";
import { platformStackOf } from "../../platform-stack";

const { local, dev } = environments;

/** An environment in the cloud whose groups have no overflow. */
const nodeGroups = dev.cluster.nodeGroups.map((group) => ({ ...group, overflow: undefined }));
const withoutOverflow = { ...dev, cluster: { ...dev.cluster, nodeGroups } };

itHonoursNodeScaling("FixedNodes", local, ({ stack }, id) => new FixedNodes(stack, id));
itHonoursNodeScaling("FixedNodes", withoutOverflow, ({ stack }, id) => new FixedNodes(stack, id));

test("a laptop has no GPUs, and switches nothing off", () => {
  const stack = platformStackOf(local, ({ stack: scope, setting, cluster }) => {
    expect(catalogFor(local).devicePlugin(scope, "DevicePlugin", { setting })).toBeUndefined();
    expect(catalogFor(local).offHours(scope, "OffHours", { cluster })).toBeUndefined();
  });
  expect(stack.inventory).toEqual([]);
});
