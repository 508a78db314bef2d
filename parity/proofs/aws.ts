import { watches, type Watched } from "../../constructs/monitoring/watches";
import type { EnvironmentJson } from "../environment-json";
import { is, isAbsent, must, refersTo, type Finding } from "../finding";
import type { Parts } from "../parts";
import type { Place } from "../place";
import { required } from "./required";

/** Members of the cluster's group are admitted, members of groups beside, and nobody by an address. */
export function onlyClusterAdmitted(own: Parts, environment: EnvironmentJson): readonly Finding[] {
  return own.all("aws_security_group").flatMap((group) => {
    const rules = own.of("aws_vpc_security_group_ingress_rule", ["security_group_id"], group);
    const isNear = (reference: unknown) =>
      own.referred(reference) !== undefined || String(environment.resolved(reference)).endsWith("cluster_security_group_id}");
    return [
      must(group.at("ingress"), isAbsent),
      ...required(group, rules, "rule that admits somebody", (rule) => [
        must(rule.at("referenced_security_group_id"), isNear),
        ...["cidr_ipv4", "cidr_ipv6", "prefix_list_id"].map((source) => must(rule.at(source), isAbsent)),
        must(rule.at("ip_protocol"), is("tcp")),
        must(rule.at("to_port"), is(rule.at("from_port").value)),
      ]),
    ];
  });
}

/** All subnets of a group are those for data, which no route leads out of. */
export function inDataSubnets(groups: readonly Place[], environment: EnvironmentJson): readonly Finding[] {
  return groups.flatMap((group) =>
    required(group, group.at("subnet_ids").items(), "subnets", (subnet) => [
      must(subnet, (reference) => {
        const resource = environment.parts.referred(environment.resolved(reference));
        return resource === undefined ? /^subnet-/.test(String(reference)) : /DataSubnet/.test(String(resource.steps[2]));
      }),
    ]),
  );
}

/** There is an alarm for each watch, and it is told somewhere. */
export function alarmsFor(subject: Watched, own: Parts, besides: readonly string[]): readonly Finding[] {
  return Object.keys(watches[subject])
    .filter((watch) => !besides.includes(watch))
    .flatMap((watch) => {
      const alarms = own.named("aws_cloudwatch_metric_alarm", `Alarm-${watch}`);
      const [main] = own.all("aws_cloudwatch_metric_alarm");
      if (main === undefined) return [];
      return required(main, alarms, `alarm for ${watch}`, (alarm) => [
        must(alarm.at("threshold"), (threshold) => typeof threshold === "number"),
        must(alarm.at("comparison_operator"), (operator) => operator !== undefined && /^(Greater|Less)Than/.test(String(operator))),
      ]);
    });
}

/** Every alarm tells a topic. */
export function alarmsTellTopic(own: Parts): readonly Finding[] {
  return own.all("aws_cloudwatch_metric_alarm").map((alarm) => must(alarm.at("alarm_actions", 0), refersTo("aws_sns_topic")));
}
