import { watches, type Watch, type Watched } from "../../constructs/monitoring/watches";
import type { EnvironmentJson } from "../environment-json";
import { is, matches, must, type Finding } from "../finding";
import type { Parts } from "../parts";
import { Place } from "../place";

/** A volume's class by the name that its claim gives. */
function classOf(name: Place, environment: EnvironmentJson): Place {
  const classes = environment.parts.all("kubernetes_storage_class_v1");
  return classes.find((found) => found.at("metadata", "name").value === name.value) ?? name.at("no such class");
}

/** Volumes of these classes are encrypted. */
export function volumesEncrypted(classNames: readonly Place[], environment: EnvironmentJson): readonly Finding[] {
  return classNames.flatMap((name) => [
    must(name, matches(/./)),
    must(classOf(name, environment).at("parameters", "encrypted"), is("true")),
  ]);
}

/** Volumes of these classes are under a key that changes by itself. */
export function volumeKeysRotated(classNames: readonly Place[], environment: EnvironmentJson): readonly Finding[] {
  return classNames.map((name) => must(classOf(name, environment).at("parameters", "kmsKeyId"), matches(/^\$\{aws_kms_key\./)));
}

/** Prometheus has a rule for each watch, at the limit that is the same everywhere. */
export function rulesFor(subject: Watched, own: Parts): readonly Finding[] {
  return own.manifests("PrometheusRule").flatMap((object) =>
    Object.entries<Watch>(watches[subject]).map(([watch, { above }]) => {
      const name = `${subject}${watch}`.toLowerCase();
      const rules = object.at("spec", "groups", 0, "rules");
      const rule = rules.item((found) => String(found.at("alert").value).toLowerCase() === name).at("expr");
      return must(rule, matches(new RegExp(`^${subject}:[a-z_]+:[a-z_]+ > ${above}$`)));
    }),
  );
}

/** Somebody evaluates the rules. */
export function prometheusRuns(environment: EnvironmentJson): readonly Finding[] {
  const releases = environment.parts.all("helm_release").filter((release) => release.at("chart").value === "kube-prometheus-stack");
  if (releases.length === 0)
    return [{ place: new Place(`${environment.name}-platform`, ["no release of kube-prometheus-stack"], undefined), met: false }];
  return releases.map((release) => must(release.at("chart"), is("kube-prometheus-stack")));
}
