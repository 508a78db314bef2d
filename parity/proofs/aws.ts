import { watches, type Watch, type Watched } from "../../constructs/monitoring/watches";
import type { EnvironmentJson } from "../environment-json";
import { is, isAbsent, matches, must, mustBound, refersTo, type Finding } from "../finding";
import type { Parts } from "../parts";
import type { Place } from "../place";
import { required } from "./required";

/** A server is in a group that admits members of the cluster's, and of groups beside, and nobody by an address. */
export function onlyClusterAdmitted(groupReference: Place, own: Parts, environment: EnvironmentJson): readonly Finding[] {
  const group = own.follow(groupReference);
  const isNear = (reference: unknown) =>
    own.referred(reference) !== undefined || String(environment.resolved(reference)).endsWith("cluster_security_group_id}");
  return [
    must(groupReference, refersTo("aws_security_group")),
    must(group.at("ingress"), isAbsent),
    ...required(group, own.of("aws_vpc_security_group_ingress_rule", ["security_group_id"], group), "rule that admits somebody", (rule) => [
      mustBound(rule.at("referenced_security_group_id"), isNear),
      ...["cidr_ipv4", "cidr_ipv6", "prefix_list_id"].map((source) => mustBound(rule.at(source), isAbsent)),
      mustBound(rule.at("ip_protocol"), is("tcp")),
      mustBound(rule.at("to_port"), is(rule.at("from_port").value)),
    ]),
  ];
}

/** All subnets of a server are those for data, which no route leads out of. */
export function inDataSubnets(groupReference: Place, own: Parts, environment: EnvironmentJson): readonly Finding[] {
  const isForData = (reference: unknown) => {
    const resource = environment.parts.referred(environment.resolved(reference));
    return resource === undefined ? /^subnet-/.test(String(reference)) : /DataSubnet/.test(String(resource.steps[2]));
  };
  const areForData = (subnets: unknown) => Array.isArray(subnets) && subnets.length > 1 && subnets.every(isForData);
  return [must(groupReference, matches(/^\$\{/)), must(own.follow(groupReference).at("subnet_ids"), areForData)];
}

/**
 * There is an alarm for each watch, at the limit that is the same everywhere.
 * @param idle watches that have nothing to watch: an alarm for one would never go off, and somebody would rely on it
 */
export function alarmsFor(subject: Watched, owner: Place | undefined, own: Parts, idle: readonly string[]): readonly Finding[] {
  if (owner === undefined) return [];
  return Object.entries<Watch>(watches[subject]).flatMap(([watch, { above }]) => {
    const alarms = own.named("aws_cloudwatch_metric_alarm", `Alarm-${watch}`);
    if (idle.includes(watch)) return alarms.map((alarm) => ({ place: alarm, met: false }));
    return required(owner, alarms, `alarm for ${watch}`, (alarm) => [
      must(alarm.at("comparison_operator"), matches(/^(Greater|Less)Than(OrEqualTo)?Threshold$/)),
      ...(alarm.at("comparison_operator").value === "GreaterThanThreshold" ? [must(alarm.at("threshold"), is(above))] : []),
    ]);
  });
}

/** Every alarm tells a topic. */
export function alarmsTellTopic(own: Parts): readonly Finding[] {
  return own.all("aws_cloudwatch_metric_alarm").map((alarm) => must(alarm.at("alarm_actions", 0), refersTo("aws_sns_topic")));
}
