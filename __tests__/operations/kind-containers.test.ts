import { clusterId, kindContainers, removeContainers, startContainers } from "../../operations/kind-containers";
import { answered, missing, refused, runner, timedOut } from "./checks/fake-runner";

const list = "docker ps --all --no-trunc --filter label=io.x-k8s.kind.cluster=c";

describe("the nodes of a Kind cluster", () => {
  it("are found by Kind's label, the stopped ones included", async () => {
    const containers = await kindContainers(runner({ [list]: answered("aaa\tc-worker\trunning\nbbb\tc-control-plane\texited\n") }), "c");

    expect(containers).toEqual([
      { id: "aaa", name: "c-worker", running: true },
      { id: "bbb", name: "c-control-plane", running: false },
    ]);
    expect(clusterId(containers)).toBe("bbb");
  });

  it("are none when docker lists none, or garbage", async () => {
    expect(await kindContainers(runner({ [list]: answered("\n") }), "c")).toEqual([]);
    expect(await kindContainers(runner({ [list]: answered("what is this") }), "c")).toEqual([]);
    expect(clusterId([])).toBeUndefined();
  });

  it.each([
    [missing, "docker ps failed: not installed"],
    [timedOut, "docker ps failed: no answer within 10 s"],
    [refused("permission denied\n"), "docker ps failed: permission denied"],
  ])("fails when docker cannot tell: an unanswered question is no empty list", async (result, message) => {
    await expect(kindContainers(runner({ docker: result }), "c")).rejects.toThrow(message);
  });
});

const stopped = [
  { id: "bbb", name: "c-control-plane", running: false },
  { id: "aaa", name: "c-worker", running: true },
];
const start = "docker start c-control-plane";
const ready = "docker exec c-control-plane kubectl --kubeconfig=/etc/kubernetes/admin.conf get --raw=/readyz";

it("starts what is stopped and waits for the API server", async () => {
  let asked = 0;
  const answers = runner({ [start]: answered("c-control-plane\n") });

  await startContainers(
    async (command, args) => {
      if (![command, ...args].join(" ").startsWith(ready)) return answers(command, args);
      asked += 1;
      return asked < 3 ? refused("connection refused") : answered("ok");
    },
    stopped,
    0,
  );

  expect(asked).toBe(3);
});

it("fails when the API server never answers, with what to do", async () => {
  const run = runner({ [start]: answered(""), [ready]: refused("connection refused") });

  await expect(startContainers(run, stopped, 0)).rejects.toThrow(/`docker logs c-control-plane`.*docker rm -f -v c-control-plane c-worker/);
});

it("removes nodes with their volumes, and fails when docker does not", async () => {
  const remove = "docker rm --force --volumes c-control-plane c-worker";

  await removeContainers(runner({ [remove]: answered("") }), stopped);
  await expect(removeContainers(runner({ [remove]: refused("device or resource busy") }), stopped)).rejects.toThrow(
    "device or resource busy",
  );
});
