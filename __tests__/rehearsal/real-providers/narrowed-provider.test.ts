import { Client, credentials, status } from "@grpc/grpc-js";
import type { Attachment } from "../../../rehearsal/protocol/attachment";
import { providerService } from "../../../rehearsal/protocol/provider-service";
import type { ProviderSchema } from "../../../rehearsal/schemas/provider-schema";
import { NarrowedProvider } from "../../../rehearsal/real-providers/narrowed-provider";
import { Faults } from "../../../rehearsal/simulation/faults";
import { listen, type Listening } from "../../../rehearsal/simulation/listen";
import { SimulatedProvider } from "../../../rehearsal/simulation/simulated-provider";
import { World } from "../../../rehearsal/simulation/world";

const text = { type: "string", optional: true } as const;
const disk = { version: 3, block: { attributes: { description: text, size: text } } };
const wall = { version: 0, block: { attributes: { name: text } } };

const schema: ProviderSchema = {
  provider: { version: 0, block: { attributes: { region: text } } },
  resource_schemas: { cloud_disk: disk, cloud_wall: wall },
  data_source_schemas: { cloud_disk: wall, cloud_zone: wall },
};

interface Answered {
  readonly provider: unknown;
  readonly resource_schemas: Readonly<Record<string, unknown>>;
  readonly data_source_schemas: Readonly<Record<string, unknown>>;
  readonly server_capabilities: unknown;
}

describe("NarrowedProvider", () => {
  // It stands before a simulated provider here: to it, that is as real as any.
  let whole: Listening;
  let narrowed: Listening;
  let provider: NarrowedProvider;

  beforeAll(async () => {
    const faults = new Faults(undefined, () => undefined);
    whole = await listen({ handlers: new SimulatedProvider("stack", schema, new World(), faults).service });
    provider = new NarrowedProvider(whole.attachment);
    narrowed = await listen(provider.offer(["cloud_disk", "data.cloud_zone", "aws_vpc"]));
  });

  afterAll(() => {
    narrowed.stop();
    whole.stop();
  });

  it("shows the types that were chosen, and all else of the schema", async () => {
    const all = (await ask(whole.attachment, "GetProviderSchema")) as Answered;
    expect(Object.keys(all.resource_schemas)).toEqual(["cloud_disk", "cloud_wall"]);

    expect(await ask(narrowed.attachment, "GetProviderSchema")).toEqual({
      ...all,
      resource_schemas: { cloud_disk: all.resource_schemas.cloud_disk },
      data_source_schemas: { cloud_zone: all.data_source_schemas.cloud_zone },
    });
  });

  it("shows other types to another stack", async () => {
    const other = await listen(provider.offer(["cloud_wall"]));
    try {
      const { resource_schemas } = (await ask(other.attachment, "GetProviderSchema")) as Answered;
      expect(Object.keys(resource_schemas)).toEqual(["cloud_wall"]);
    } finally {
      other.stop();
    }
  });

  it("passes on what else an engine asks when it validates, plans and applies, and no more", async () => {
    expect(await ask(narrowed.attachment, "ValidateResourceConfig")).toEqual({ diagnostics: [] });
    expect(await ask(narrowed.attachment, "PlanResourceChange")).toEqual(await ask(whole.attachment, "PlanResourceChange"));
    await expect(ask(narrowed.attachment, "ImportResourceState")).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
  });

  it("speaks the protocol of the provider behind it", async () => {
    const older = await listen(new NarrowedProvider({ ...whole.attachment, ProtocolVersion: 5 }).offer([]));
    older.stop();
    expect([narrowed.attachment.ProtocolVersion, older.attachment.ProtocolVersion]).toEqual([6, 5]);
  });

  it("fails when the provider behind it is gone, with its address", async () => {
    const gone = await listen(new NarrowedProvider({ ...whole.attachment, Addr: { Network: "tcp", String: "127.0.0.1:9" } }).offer([]));
    try {
      await expect(ask(gone.attachment, "GetProviderSchema")).rejects.toThrow("127.0.0.1:9");
    } finally {
      gone.stop();
    }
  });
});

/** What a provider answers to an empty question of protocol 6. */
function ask({ Addr }: Attachment, name: string): Promise<unknown> {
  const method = providerService[name];
  if (method === undefined) throw new Error(`the service has no ${name}`);
  const client = new Client(Addr.String, credentials.createInsecure());
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(method.path, method.requestSerialize, method.responseDeserialize, {}, (error, answer) => {
      client.close();
      if (error) reject(error);
      else resolve(answer);
    });
  });
}
