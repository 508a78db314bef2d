import { defineCapability } from "../capability";
import { cloudNativePg } from "./cloud-native-pg";
import { databaseClaims } from "./database-claims";
import { rds } from "./rds";

/** PostgreSQL. */
export const database = defineCapability({
  name: "database",
  constructs: ["data/Database", "data/DatabaseNamespace"],
  outputs: {
    database_host: "string",
    database_port: "number",
    database_name: "string",
    database_user: "string",
    database_url: "string",
    database_secret: "string",
  },
  claims: databaseClaims,
  exempt: {},
  variants: [rds, cloudNativePg],
});
