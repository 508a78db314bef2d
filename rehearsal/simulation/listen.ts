import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";
import type { Attachment } from "../protocol/attachment";
import { protocolVersion, providerService } from "../protocol/provider-service";

/** A provider's side of the protocol. */
export interface Offer {
  readonly handlers: UntypedServiceImplementation;
  /** @default {@link providerService} */
  readonly definition?: ServiceDefinition;
  /** @default 6 */
  readonly protocolVersion?: number;
}

/** A provider that engines attach to. */
export interface Listening {
  readonly attachment: Attachment;
  /** Ends the server and every connection to it. */
  stop(): void;
}

/** Starts a server for a provider, on a free port of this machine's own. */
export function listen(offer: Offer): Promise<Listening> {
  const server = new Server({ "grpc.max_receive_message_length": -1 }); // a state may be larger than 4 MB
  server.addService(offer.definition ?? providerService, offer.handlers);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else {
        resolve({
          attachment: {
            Protocol: "grpc",
            ProtocolVersion: offer.protocolVersion ?? protocolVersion,
            Pid: process.pid,
            Test: true, // it does not end when the engine does
            Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
          },
          stop: () => server.forceShutdown(),
        });
      }
    });
  });
}
