import { alarmTopicOf } from "../../../constructs/monitoring/alarm-topic";
import { environments } from "../../../environments/index";
import { dataStackOf } from "../../data-stack";
import { statement, statementsOf } from "../../synthesized";

const { dev, prod } = environments;

function topicOf(environment: typeof dev) {
  return dataStackOf(environment, ({ stack }) => {
    const topic = alarmTopicOf(stack, environment);
    expect(alarmTopicOf(topic, environment)).toBe(topic);
  });
}

describe("AlarmTopic", () => {
  const stack = topicOf(dev);
  const topic = `\${${stack.address("aws_sns_topic")}.arn}`;
  const ofOurAlarms = {
    StringEquals: { "aws:SourceAccount": "000000000001" },
    ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-central-1:000000000001:alarm:ml-platform-dev-*" },
  };

  it("is made once in a stack, and consists of", () => {
    expect(stack.inventory).toEqual([
      "aws_kms_alias", //
      "aws_kms_key",
      "aws_sns_topic",
      "aws_sns_topic_policy",
    ]);
  });

  it("is named after its layer, and encrypted with a key of its own", () => {
    expect(stack.one("aws_sns_topic")).toMatchObject({
      name: "ml-platform-dev-data-alarms",
      kms_master_key_id: `\${${stack.address("aws_kms_key")}.arn}`,
    });
    expect(stack.one("aws_kms_alias").name).toBe("alias/ml-platform-dev-data-alarms");
  });

  it("takes messages from alarms of the environment only, and over TLS only", () => {
    const { policy } = stack.one("aws_sns_topic_policy");
    expect(statementsOf(policy).map(({ Sid, Effect }) => [Sid, Effect])).toEqual([
      ["Alarms", "Allow"],
      ["DenyPlainHttp", "Deny"],
    ]);
    expect(statement(policy, "Alarms")).toEqual({
      Sid: "Alarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topic,
      Condition: ofOurAlarms,
    });
    expect(statement(policy, "DenyPlainHttp")).toMatchObject({
      Principal: "*",
      Action: "sns:Publish",
      Resource: topic,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  it("lets the same alarms use the key, or they would be lost without a word", () => {
    expect(statement(stack.one("aws_kms_key").policy, "Alarms")).toEqual({
      Sid: "Alarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: ofOurAlarms,
    });
  });

  it("keeps its key where the environment is not disposable", () => {
    expect(stack.one("aws_kms_key").lifecycle).toEqual({ prevent_destroy: false });
    expect(topicOf(prod).one("aws_kms_key").lifecycle).toEqual({ prevent_destroy: true });
  });

  it("tells the environment's receivers of mail, each once, and nobody where there are none", () => {
    const mail = {
      kind: "email",
      from: "alerts@example.com",
      server: "smtp.example.com",
      port: 587,
      user: "alerts",
      secret: "smtp",
    } as const;
    const receivers = {
      ...dev.observability.alerting.receivers,
      office: { ...mail, to: ["first@example.com", "second@example.com"] },
      night: { ...mail, to: ["first@example.com"] },
    };
    const { alerting } = dev.observability;
    const told = topicOf({ ...dev, observability: { ...dev.observability, alerting: { ...alerting, receivers } } });
    const topic = `\${${told.address("aws_sns_topic")}.arn}`;
    const subscribed = told.all("aws_sns_topic_subscription").map(({ endpoint, protocol, topic_arn }) => [endpoint, protocol, topic_arn]);
    expect(subscribed.sort()).toEqual([
      ["first@example.com", "email", topic],
      ["second@example.com", "email", topic],
    ]);
    expect(stack.all("aws_sns_topic_subscription")).toEqual([]);
    expect(
      topicOf(prod)
        .all("aws_sns_topic_subscription")
        .map(({ endpoint }) => endpoint),
    ).toEqual(["platform-team@example.com"]);
  });
});
