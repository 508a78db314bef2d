import { peakMegabytes } from "../peak-memory";
import type { Attachment } from "../protocol/attachment";
import { NarrowedProvider } from "../real-providers/narrowed-provider";
import { schemaFor } from "../schemas/committed-schemas";
import { Faults } from "./faults";
import { listen, type Listening } from "./listen";
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
const narrowed = new Map<string, NarrowedProvider>();
const served = new Map<string, readonly Listening[]>();

const questions: Questions = {
  serve,
  drift({ key, values }) {
    const object = world.get(key);
    if (object === undefined) throw new Error(`nothing exists with the key ${key}`);
    world.set(key, { ...object, values });
  },
  remaining: (stack) => world.remaining(stack),
  canaries: (stack) => ({ given: world.canaries.all, misplaced: world.canaries.receivedBy(stack) }),
  end(stack) {
    for (const listening of served.get(stack) ?? []) listening.stop();
    served.delete(stack);
  },
  release: (stack) => faults.get(stack)?.release(),
  peakMegabytes,
};

async function answer({ id, name, argument }: Question): Promise<void> {
  try {
    const ask = questions[name] as (argument: unknown) => unknown;
    tell({ id, answer: await ask(argument) });
  } catch (error) {
    tell({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

async function serve({ stack, sources, types, fault, real = {} }: ServedStack): Promise<string> {
  const ofStack = new Faults(fault, (type) => tell({ held: { stack, type } }));
  faults.set(stack, ofStack);
  const attached = await Promise.all(
    sources.map(async (source) => {
      const schema = schemaFor(source, types); // also where the real one serves: what it refuses was not committed
      const attachment = real[source];
      const offer = attachment
        ? narrowedProvider(attachment).offer(types)
        : { handlers: new SimulatedProvider(stack, schema, world, ofStack).service };
      const listening = await listen(offer);
      served.set(stack, [...(served.get(stack) ?? []), listening]);
      return [source, listening.attachment] as const;
    }),
  );
  return JSON.stringify(Object.fromEntries(attached));
}

function narrowedProvider(attachment: Attachment): NarrowedProvider {
  const address = attachment.Addr.String;
  const known = narrowed.get(address) ?? new NarrowedProvider(attachment);
  narrowed.set(address, known);
  return known;
}

function tell(message: Message): void {
  process.send?.(message);
}
