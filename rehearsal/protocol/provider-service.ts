import { loadPackageDefinition, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { join } from "node:path";

const definition = loadPackageDefinition(
  loadSync(join(__dirname, "plugin.proto"), { keepCase: true, longs: Number, enums: String, defaults: true }),
) as unknown as { readonly tfplugin6: { readonly Provider: { readonly service: ServiceDefinition<UntypedServiceImplementation> } } };

const { service } = definition.tfplugin6.Provider;
const { GetProviderSchema } = service;
if (GetProviderSchema === undefined) throw new Error("plugin.proto has no GetProviderSchema");

/**
 * The service of Terraform's provider protocol 6, as far as `plugin.proto` describes it. The answer to `GetProviderSchema` is given
 * as {@link encodedSchema}: every run of an engine asks for it, and it is the largest of all.
 */
export const providerService: typeof service = {
  ...service,
  GetProviderSchema: { ...GetProviderSchema, responseSerialize: (encoded: Buffer) => encoded },
};

const encode = GetProviderSchema.responseSerialize;

/** The bytes of an answer to `GetProviderSchema`. */
export function encodedSchema(message: object): Buffer {
  return encode(message);
}

/** Version of the protocol. */
export const protocolVersion = 6;

/** A value on the wire. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
}

/** A problem that the engine shows. */
export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly summary: string;
  readonly detail: string;
}

/** Every request's fields; a method has some of them. */
export interface ProviderRequest {
  readonly type_name: string;
  readonly id: string;
  readonly config: DynamicValue | null;
  readonly raw_state: { readonly json: Uint8Array } | null;
  readonly current_state: DynamicValue | null;
  readonly prior_state: DynamicValue | null;
  readonly proposed_new_state: DynamicValue | null;
  readonly planned_state: DynamicValue | null;
  readonly private: Uint8Array;
  readonly prior_private: Uint8Array;
  readonly planned_private: Uint8Array;
}
