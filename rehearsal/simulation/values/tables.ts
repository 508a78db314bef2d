import { awsAlarms } from "./aws-alarms";
import { awsCache } from "./aws-cache";
import { awsDatabase } from "./aws-database";
import { awsEks } from "./aws-eks";
import { awsIngress } from "./aws-ingress";
import { awsNetwork } from "./aws-network";
import { awsNetworkAccess } from "./aws-network-access";
import { awsScaling } from "./aws-scaling";
import { awsSecrets } from "./aws-secrets";
import { awsSecurity } from "./aws-security";
import { awsStorage } from "./aws-storage";
import { helm } from "./helm";
import { kind } from "./kind";
import { kubernetes } from "./kubernetes";
import { random } from "./random";
import type { ValueTable } from "./value-table";

/** What is known of the values of every resource type. */
export const valueTable: ValueTable = {
  ...awsAlarms,
  ...awsCache,
  ...awsDatabase,
  ...awsEks,
  ...awsIngress,
  ...awsNetwork,
  ...awsNetworkAccess,
  ...awsScaling,
  ...awsSecrets,
  ...awsSecurity,
  ...awsStorage,
  ...helm,
  ...kind,
  ...kubernetes,
  ...random,
};
