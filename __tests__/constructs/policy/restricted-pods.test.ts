import { restrictedPods } from "../../../constructs/policy/restricted-pods";
import { judged } from "./judge";
import { container, containerWith, everywhere, kindsOf, podSpec } from "./pods";

const policy = restrictedPods({ mode: "enforce", excludedNamespaces: [] });

const withVolume = (source: object) =>
  kindsOf(
    podSpec({
      volumes: [
        { name: "config", configMap: { name: "api" } },
        { name: "other", ...source },
      ],
    }),
  );
const hostNamespaces = "hostNetwork, hostPID and hostIPC lead out of the pod: leave them out";
const hostPath = "a hostPath volume leads to the node's files: use a volume of another kind";
const hostPort = "a hostPort opens a port of the node: use a service";
const privileged = "privileged containers own the node: leave privileged out";
const escalation = "every container must set securityContext.allowPrivilegeEscalation to false";
const nonRoot = "securityContext.runAsNonRoot must be true, for the pod or for every container, and false for none";
const rootUser = "securityContext.runAsUser must not be 0: name another user, or none";
const seccomp = "securityContext.seccompProfile.type must be RuntimeDefault or Localhost, for the pod or for every container";
const drop = "every container must drop ALL capabilities";
const add = "no container may add a capability but NET_BIND_SERVICE";

const runtimeDefault = { type: "RuntimeDefault" };
const withContext = (securityContext?: object) => kindsOf(podSpec({ securityContext }));
const withContainer = (one: object) => kindsOf(podSpec({ containers: [one] }));

describe("restricted pods", () => {
  it.each(
    judged(policy, [
      ["nothing but what is required", kindsOf(podSpec()), []],
      [
        "everything said by the container",
        kindsOf(
          podSpec({
            securityContext: undefined,
            containers: [containerWith({ runAsNonRoot: true, seccompProfile: { type: "Localhost", localhostProfile: "api.json" } })],
          }),
        ),
        [],
      ],
      [
        "a container that is stricter than its pod",
        kindsOf(
          podSpec({
            securityContext: { runAsNonRoot: false, seccompProfile: { type: "Unconfined" } },
            containers: [containerWith({ runAsNonRoot: true, seccompProfile: runtimeDefault })],
          }),
        ),
        [],
      ],
      ["another user than root", withContainer(containerWith({ runAsUser: 1000 })), []],
      ["a low port", withContainer(containerWith({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } })), []],
      ["what is switched off", kindsOf(podSpec({ hostNetwork: false, containers: [containerWith({ privileged: false })] })), []],
      [
        "ports that are none of the node's",
        withContainer(container({ ports: [{ containerPort: 1 }, { containerPort: 2, hostPort: 0 }] })),
        [],
      ],
      ["volumes of other kinds", withVolume({ emptyDir: {} }), []],
      ["no list where one may be", kindsOf(podSpec({ volumes: [], initContainers: [], ephemeralContainers: [] })), []],
    ]),
  )("may have %s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });

  it.each(
    judged(policy, [
      ["the node's network", kindsOf(podSpec({ hostNetwork: true })), [hostNamespaces]],
      ["the node's processes", kindsOf(podSpec({ hostPID: true })), [hostNamespaces]],
      ["the node's IPC", kindsOf(podSpec({ hostIPC: true })), [hostNamespaces]],
      ["the node's files", withVolume({ hostPath: { path: "/var/run" } }), [hostPath]],
      ["no word about root", withContext({ seccompProfile: runtimeDefault }), [nonRoot]],
      ["root by number", withContext({ runAsNonRoot: true, runAsUser: 0, seccompProfile: runtimeDefault }), [rootUser]],
      ["no seccomp profile", withContext({ runAsNonRoot: true }), [seccomp]],
      ["every system call", withContext({ runAsNonRoot: true, seccompProfile: { type: "Unconfined" } }), [seccomp]],
      [
        "nothing of all that",
        kindsOf({ containers: [{ name: "api", image: "registry.example.com/api:1" }] }),
        [escalation, nonRoot, seccomp, drop],
      ],
    ]),
  )("fails when the pod has %s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });

  it.each(
    judged(policy, [
      ["is privileged", everywhere(containerWith({ privileged: true })), [privileged]],
      ["may gain rights", everywhere(containerWith({ allowPrivilegeEscalation: true })), [escalation]],
      ["does not say that it gains no rights", everywhere(containerWith({ allowPrivilegeEscalation: undefined })), [escalation]],
      ["goes back on its pod's word about root", everywhere(containerWith({ runAsNonRoot: false })), [nonRoot]],
      ["is root by number", everywhere(containerWith({ runAsUser: 0 })), [rootUser]],
      ["goes back on its pod's seccomp profile", everywhere(containerWith({ seccompProfile: { type: "Unconfined" } })), [seccomp]],
      ["keeps the runtime's capabilities", everywhere(containerWith({ capabilities: undefined })), [drop]],
      ["drops nothing", everywhere(containerWith({ capabilities: { drop: [] } })), [drop]],
      ["drops one of many", everywhere(containerWith({ capabilities: { drop: ["NET_RAW"] } })), [drop]],
      ["gets one back that matters", everywhere(containerWith({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } })), [add]],
      ["gets all of them back", everywhere(containerWith({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE", "ALL"] } })), [add]],
      ["opens a port of the node", everywhere(container({ ports: [{ containerPort: 80, hostPort: 80 }] })), [hostPort]],
    ]),
  )("fails when a container of any kind %s", (_, said, expected) => {
    expect(said).toHaveLength(9);
    expect(said).toEqual(expected);
  });

  const [before] = kindsOf(podSpec({ hostNetwork: true }));
  const [after] = kindsOf(podSpec({ hostNetwork: true, activeDeadlineSeconds: 60 }));
  it.each(
    judged(policy, [
      ["labelled and finished", [{ object: before.object, oldObject: before.object, operation: "UPDATE" }], null],
      [
        "changed only as far as it becomes allowed",
        [{ object: after.object, oldObject: before.object, operation: "UPDATE" }],
        [hostNamespaces],
      ],
    ]),
  )("what was there before can be %s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });
});
