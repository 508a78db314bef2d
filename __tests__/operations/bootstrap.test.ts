import { AwsSandbox } from "./aws-sandbox";
const parts = AwsSandbox.prepare();
jest.setTimeout(200_000);
it("first", async () => {
  if (typeof parts === "string") throw new Error(parts);
  const t = Date.now(); const lap = (s: string) => console.log(s, Date.now() - t);
  const sandbox = await AwsSandbox.open(parts);
  try {
    lap("open");
    const checkout = sandbox.checkout("dev");
    lap("checkout");
    console.log(await checkout.bootstrap());
    lap("run1");
    console.log(checkout.files, checkout.configuration, await checkout.keysIn(checkout.names.stateBucket), JSON.stringify(await checkout.remoteState()).slice(0, 500));
    console.log(await checkout.bootstrap());
    lap("run2");
  } finally { await sandbox.close(); }
});
