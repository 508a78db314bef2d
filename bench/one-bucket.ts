import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";

// A program that is measured: what stock-layout.ts synthesizes, by our loader and with our imports.
const app = new App();
const stack = new TerraformStack(app, "stock");
new AwsProvider(stack, "Aws", { region: "eu-central-1" });
new S3Bucket(stack, "Bucket");
app.synth();
