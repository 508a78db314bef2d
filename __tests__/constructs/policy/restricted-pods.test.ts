import { restrictedPods } from "../../../constructs/policy/restricted-pods";
import { judged } from "./judge";
import { container, containerWith, everyKindOf, everyPlaceOf, podSpec, type Request } from "./pods";

const policy = restrictedPods({ mode: "enforce", excludedNamespaces: [] });

const bare = { name: "api", image: "registry.example.com/api:1.2" };
const volume = (source: object) =>
  podSpec({
    volumes: [
      { name: "config", configMap: { name: "api" } },
      { name: "other", ...source },
    ],
  });

describe("restricted pods", () => {
  const allowed = {
    "nothing but what is required": podSpec(),
    "everything said by the container": podSpec({
      securityContext: undefined,
      containers: [containerWith({ runAsNonRoot: true, seccompProfile: { type: "Localhost", localhostProfile: "api.json" } })],
    }),
    "a container that is stricter than its pod": podSpec({
      securityContext: { runAsNonRoot: false, seccompProfile: { type: "Unconfined" } },
      containers: [containerWith({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } })],
    }),
    "another user than root": podSpec({ containers: [containerWith({ runAsUser: 1000 })] }),
    "a low port": podSpec({ containers: [containerWith({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } })] }),
    "what is switched off": podSpec({ hostNetwork: false, hostPID: false, containers: [containerWith({ privileged: false })] }),
    "ports of the container, and a hostPort that is none": podSpec({
      containers: [container({ ports: [{ containerPort: 8080 }, { containerPort: 8081, hostPort: 0 }] })],
    }),
    "volumes of other kinds": volume({ emptyDir: {} }),
    "no list where one may be": podSpec({ volumes: [], initContainers: [], ephemeralContainers: [] }),
  };

  it.each(Object.entries(allowed))("may have %s", (_, spec) => {
    expect(judged(policy, everyKindOf(spec))).toEqual({ Pod: [], Deployment: [], CronJob: [] });
  });

  const hostNamespaces = "hostNetwork, hostPID and hostIPC lead out of the pod: leave them out";
  const nonRoot = "securityContext.runAsNonRoot must be true, for the pod or for every container, and false for none";
  const rootUser = "securityContext.runAsUser must not be 0: name another user, or none";
  const seccomp = "securityContext.seccompProfile.type must be RuntimeDefault or Localhost, for the pod or for every container";

  it.each([
    ["the node's network", podSpec({ hostNetwork: true }), hostNamespaces],
    ["the node's processes", podSpec({ hostPID: true }), hostNamespaces],
    ["the node's IPC", podSpec({ hostIPC: true }), hostNamespaces],
    [
      "the node's files",
      volume({ hostPath: { path: "/var/run" } }),
      "a hostPath volume leads to the node's files: use a volume of another kind",
    ],
    ["no word about root", podSpec({ securityContext: { seccompProfile: { type: "RuntimeDefault" } } }), nonRoot],
    [
      "root by number",
      podSpec({ securityContext: { runAsNonRoot: true, runAsUser: 0, seccompProfile: { type: "RuntimeDefault" } } }),
      rootUser,
    ],
    ["no seccomp profile", podSpec({ securityContext: { runAsNonRoot: true } }), seccomp],
    ["every system call", podSpec({ securityContext: { runAsNonRoot: true, seccompProfile: { type: "Unconfined" } } }), seccomp],
  ])("fails when the pod has %s", (_, spec, message) => {
    expect(judged(policy, everyKindOf(spec))).toEqual({ Pod: [message], Deployment: [message], CronJob: [message] });
  });

  const escalation = "every container must set securityContext.allowPrivilegeEscalation to false";
  const drop = "every container must drop ALL capabilities";
  const add = "no container may add a capability but NET_BIND_SERVICE";

  const refused: readonly (readonly [string, ReturnType<typeof container>, string])[] = [
    ["is privileged", containerWith({ privileged: true }), "privileged containers own the node: leave privileged out"],
    ["may gain rights", containerWith({ allowPrivilegeEscalation: true }), escalation],
    ["does not say that it gains no rights", containerWith({ allowPrivilegeEscalation: undefined }), escalation],
    ["goes back on its pod's word about root", containerWith({ runAsNonRoot: false }), nonRoot],
    ["is root by number", containerWith({ runAsUser: 0 }), rootUser],
    ["goes back on its pod's seccomp profile", containerWith({ seccompProfile: { type: "Unconfined" } }), seccomp],
    ["keeps the runtime's capabilities", containerWith({ capabilities: undefined }), drop],
    ["drops nothing", containerWith({ capabilities: { drop: [] } }), drop],
    ["drops one of many", containerWith({ capabilities: { drop: ["NET_RAW"] } }), drop],
    ["gets one back that matters", containerWith({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } }), add],
    ["gets all of them back", containerWith({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE", "ALL"] } }), add],
    [
      "opens a port of the node",
      container({ ports: [{ containerPort: 80, hostPort: 80 }] }),
      "a hostPort opens a port of the node: use a service",
    ],
  ];

  it.each(refused)("fails when a container of any kind %s", (_, one, message) => {
    const requests = Object.entries(everyPlaceOf(one)).flatMap(([place, spec]) =>
      Object.entries(everyKindOf(spec)).map(([kind, request]) => [`${kind} ${place}`, request] as const),
    );
    const verdicts = judged(policy, Object.fromEntries<Request>(requests));

    expect(Object.keys(verdicts)).toHaveLength(9);
    expect(new Set(Object.values(verdicts).map((verdict) => JSON.stringify(verdict)))).toEqual(new Set([JSON.stringify([message])]));
  });

  it("fails when nothing is said at all, and tells everything at once", () => {
    const { Pod } = judged(policy, everyKindOf({ containers: [bare] }));
    expect(Pod).toEqual([escalation, nonRoot, seccomp, drop]);
  });

  it("lets what was there before be labelled and finished, but not changed", () => {
    const { Pod } = everyKindOf(podSpec({ hostNetwork: true }));
    const changed = everyKindOf(podSpec({ hostNetwork: true, priority: 1 })).Pod;
    expect(
      judged(policy, {
        labelled: { object: Pod.object, oldObject: Pod.object, operation: "UPDATE" },
        changed: { object: changed.object, oldObject: Pod.object, operation: "UPDATE" },
      }),
    ).toEqual({ labelled: null, changed: [hostNamespaces] });
  });
});
