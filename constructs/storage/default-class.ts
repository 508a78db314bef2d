import type { Environment } from "../../environments/environment";

/** Name of the default class everywhere, so that claims that name it are alike on every target. */
export const defaultClassName = "platform-default";

/** What the default class is on every target. */
export function defaultClass({ disposable }: Pick<Environment, "disposable">) {
  return {
    metadata: { name: defaultClassName, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    // A volume cannot leave its zone or its node: the pod that asks first decides.
    volumeBindingMode: "WaitForFirstConsumer",
    // Where data counts a volume outlives its claim, and somebody decides what becomes of it.
    reclaimPolicy: disposable ? "Delete" : "Retain",
  };
}
