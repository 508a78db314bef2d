import { Server, ServerCredentials } from "@grpc/grpc-js";
import { protocolVersion, providerService } from "../protocol/provider-service";
import { schemaFor } from "../schemas";
import { Faults } from "./faults";
import type { Message, Question, Questions, ServedStack } from "./messages";
import { SimulatedProvider } from "./simulated-provider";
import { World } from "./world";

// A process of its own: whoever runs an engine and waits for it would block the providers. It lives as long as its parent.
// A terminal sends Ctrl-C to every process; the engines need their providers to come to an end.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.on("disconnect", () => process.exit());
process.on("message", (question: Question) => void answer(question));

const world = new World();
const faults = new Map<string, Faults>();

const questions: Questions = {
  serve,
  drift({ key, values }) {
    const object = world.get(key);
    if (object === undefined) throw new Error(`nothing exists with the key ${key}`);
    world.set(key, { ...object, values });
  },
  remaining: (stack) => world.remaining(stack),
  release: (stack) => faults.get(stack)?.release(),
  peakMegabytes: () => (process.resourceUsage().maxRSS * 1024) / 1_000_000,
};

async function answer({ id, name, argument }: Question): Promise<void> {
  try {
    const ask = questions[name] as (argument: unknown) => unknown;
    tell({ id, answer: await ask(argument) });
  } catch (error) {
    tell({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

async function serve({ stack, sources, types, fault }: ServedStack): Promise<string> {
  const ofStack = new Faults(fault, (type) => tell({ held: { stack, type } }));
  faults.set(stack, ofStack);
  const attached = await Promise.all(
    sources.map(async (source) => [source, await listen(new SimulatedProvider(stack, schemaFor(source, types), world, ofStack))] as const),
  );
  return JSON.stringify(Object.fromEntries(attached));
}

/** Starts a server on a free port, and tells how an engine attaches to it. */
function listen(provider: SimulatedProvider): Promise<object> {
  const server = new Server({ "grpc.max_receive_message_length": -1 }); // a state may be larger than 4 MB
  server.addService(providerService, provider.service);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else {
        resolve({
          Protocol: "grpc",
          ProtocolVersion: protocolVersion,
          Pid: process.pid,
          Test: true, // it does not end when the engine does
          Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
        });
      }
    });
  });
}

function tell(message: Message): void {
  process.send?.(message);
}
