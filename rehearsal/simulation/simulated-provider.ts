import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { cloudProtections } from "../../operations/lifted-protection";
import { motoAccount } from "../moto/moto-server";
import { encodedSchema, type Diagnostic, type DynamicValue, type ProviderRequest } from "../protocol/provider-service";
import { decodeValue, encodeValue, isValues, type Values } from "../protocol/values";
import type { BlockSchema, ProviderSchema } from "../schemas/provider-schema";
import { changeAttributes } from "./block-values";
import type { Faults } from "./faults";
import { schemaMessage } from "./schema-messages";
import { SimulatedResource, type Give, type ProviderSettings } from "./simulated-resource";
import type { World } from "./world";

/** A provider that has its real schema and no cloud behind it: one stack's share of a {@link World}. */
export class SimulatedProvider {
  /** By the engine's connection: a provider that is configured twice in a stack has two. */
  private readonly settings = new Map<string, ProviderSettings>();

  constructor(
    private readonly stack: string,
    private readonly schema: ProviderSchema,
    private readonly world: World,
    private readonly faults: Faults,
  ) {}

  /** Its side of the protocol. */
  get service(): UntypedServiceImplementation {
    let schema: Buffer | undefined;
    return answering({
      GetProviderSchema: () => (schema ??= encodedSchema(schemaMessage(this.schema))),
      ValidateProviderConfig: () => ({}),
      ValidateResourceConfig: () => ({}),
      ValidateDataResourceConfig: () => ({}),
      ConfigureProvider: ({ config }, peer) => {
        this.settings.set(peer, settingsOf(valuesOf(config)));
        return {};
      },
      UpgradeResourceState: (request) => ({ upgraded_state: wire(this.upgraded(request)) }),
      ReadResource: (request) => ({ new_state: wire(this.read(request)), private: request.private }),
      PlanResourceChange: (request, peer) => this.plan(request, peer),
      ApplyResourceChange: (request, peer) => this.apply(request, peer),
      ReadDataSource: ({ type_name, config }, peer) => {
        const source = new SimulatedResource(type_name, blockOf(this.schema.data_source_schemas, type_name));
        const values = valuesOf(config);
        const { planned } = source.plan(null, values, values, this.settingsOf(peer));
        // A secret that two stacks read has a canary in each.
        const key = JSON.stringify([this.stack, values]);
        return { state: wire(source.applied(null, planned, this.settingsOf(peer), key, this.giving(`data.${type_name}`, key))) };
      },
      ImportResourceState: ({ type_name, id }) => this.import(type_name, id),
      StopProvider: () => ({}),
    });
  }

  /** A state is of this schema already; what it lacks of an attribute is null. */
  private upgraded({ type_name, raw_state }: ProviderRequest): unknown {
    const state: unknown = JSON.parse(Buffer.from(raw_state?.json ?? "null").toString());
    if (!isValues(state)) return null;
    return changeAttributes(blockOf(this.schema.resource_schemas, type_name), state, undefined, ({ value }) => value);
  }

  private read({ private: key, current_state }: ProviderRequest): unknown {
    const object = this.world.get(keyOf(key));
    if (object === undefined || decodeValue(current_state?.msgpack) === null) return null;
    return this.faults.read(object.type, object.values);
  }

  private plan({ type_name, prior_state, proposed_new_state, config, prior_private }: ProviderRequest, peer: string) {
    const proposed = decodeValue(proposed_new_state?.msgpack);
    if (!isValues(proposed)) return { planned_state: wire(null), planned_private: prior_private };
    const prior = decodeValue(prior_state?.msgpack);
    const plan = this.resource(type_name).plan(isValues(prior) ? prior : null, proposed, valuesOf(config), this.settingsOf(peer));
    return {
      planned_state: wire(plan.planned),
      planned_private: prior_private,
      requires_replace: plan.replacing.map((attribute_name) => ({ steps: [{ attribute_name }] })),
    };
  }

  private async apply(request: ProviderRequest, peer: string) {
    const { type_name, prior_state, planned_state, config, planned_private } = request;
    await this.faults.beforeApply(type_name);
    const planned = decodeValue(planned_state?.msgpack);
    const before = decodeValue(prior_state?.msgpack);
    if (!isValues(planned)) return this.destroy(type_name, this.destroyedKey(type_name, planned_private, before), prior_state);
    const prior = isValues(before) ? before : null;
    const key = prior === null ? this.world.newKey(this.stack, type_name, valuesOf(config)) : keyOf(planned_private);
    const values = this.resource(type_name).applied(prior, planned, this.settingsOf(peer), key, this.giving(type_name, key));
    this.world.canaries.receive(this.stack, type_name, blockOf(this.schema.resource_schemas, type_name), valuesOf(config));
    this.world.set(key, { stack: this.stack, type: type_name, values: this.faults.kept(values) });
    return { new_state: wire(values), private: Buffer.from(key) };
  }

  /** The key of what is destroyed. Of a tainted resource the engine hands over that of the creation that follows, which is none. */
  private destroyedKey(type: string, privately: Uint8Array, prior: unknown): string {
    const key = keyOf(privately);
    if (key !== "" || !isValues(prior)) return key;
    const [found] = this.world.find(this.stack, type, String(prior.id)) ?? [];
    return found ?? key;
  }

  private destroy(type: string, key: string, prior: DynamicValue | null) {
    const held = this.world.get(key)?.values ?? {};
    const protection = cloudProtections.find((name) => held[name] === true);
    if (protection === undefined) {
      if (!this.faults.outlives(type)) this.world.remove(key);
      return { new_state: wire(null) };
    }
    const detail = `${type} has ${protection} = true, as the cloud would refuse. Set it to false and apply before it is destroyed.`;
    return { new_state: prior, private: Buffer.from(key), diagnostics: [problem("It is protected from being deleted", detail)] };
  }

  private import(type_name: string, id: string) {
    const [key, object] = this.world.find(this.stack, type_name, id) ?? [];
    if (key === undefined)
      return { diagnostics: [problem("Cannot import non-existent remote object", `No ${type_name} has the id ${id}.`)] };
    return { imported_resources: [{ type_name, state: wire(object?.values), private: Buffer.from(key) }] };
  }

  private giving(type: string, key: string): Give {
    return (attribute, text) => this.world.canaries.give({ text, stack: this.stack, type, key, attribute });
  }

  private resource(type: string): SimulatedResource {
    return new SimulatedResource(type, blockOf(this.schema.resource_schemas, type));
  }

  private settingsOf(peer: string): ProviderSettings {
    return this.settings.get(peer) ?? settingsOf({});
  }
}

type Handler = (request: ProviderRequest, peer: string) => object | Promise<object>;

/** Handlers as gRPC calls them. What goes wrong in one is a problem that the engine shows. */
function answering(handlers: Readonly<Record<string, Handler>>): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (call: { readonly request: ProviderRequest; getPeer(): string }, callback: (error: null, answer: object) => void) => {
        Promise.resolve()
          .then(() => handler(call.request, call.getPeer()))
          .catch((error: unknown) => ({ diagnostics: [problem(`The simulated provider failed in ${name}`, String(error))] }))
          .then((answer) => callback(null, answer));
      },
    ]),
  );
}

function problem(summary: string, detail: string): Diagnostic {
  return { severity: "ERROR", summary, detail };
}

/** The account is the one that the stack insists on; moto's where it insists on none. */
function settingsOf(config: Values): ProviderSettings {
  const [account] = Array.isArray(config.allowed_account_ids) ? (config.allowed_account_ids as readonly unknown[]) : [];
  const [defaults] = Array.isArray(config.default_tags) ? (config.default_tags as readonly unknown[]) : [];
  const tags = isValues(defaults) && isValues(defaults.tags) ? defaults.tags : {};
  return {
    account: typeof account === "string" ? account : motoAccount,
    region: typeof config.region === "string" ? config.region : "us-east-1",
    defaultTags: Object.fromEntries(Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === "string")),
  };
}

function blockOf(schemas: ProviderSchema["resource_schemas"], type: string): BlockSchema {
  const schema = schemas?.[type];
  if (schema === undefined) throw new Error(`the committed schemas have no ${type}; run npm run schemas`);
  if (hasDynamic(schema.block))
    throw new Error(`${type} has an attribute of any type, which is not simulated; use a typed resource, or a chart`);
  return schema.block;
}

function hasDynamic({ attributes = {}, block_types = {} }: BlockSchema): boolean {
  return (
    Object.values(attributes).some(({ type, nested_type }) => type === "dynamic" || (nested_type && hasDynamic(nested_type))) ||
    Object.values(block_types).some(({ block }) => hasDynamic(block))
  );
}

function valuesOf(value: DynamicValue | null): Values {
  const values = decodeValue(value?.msgpack);
  return isValues(values) ? values : {};
}

function wire(value: unknown): DynamicValue {
  return { msgpack: encodeValue(value) };
}

function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
