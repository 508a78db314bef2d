import { Server, ServerCredentials } from "@grpc/grpc-js";
import { protocolVersion, providerService } from "../protocol/provider-service";
import type { SimulatedProvider } from "./simulated-provider";

/** A provider that engines attach to. */
export interface Listening {
  /** How: the provider's part of `TF_REATTACH_PROVIDERS`. */
  readonly attachment: object;
  /** Ends the server and every connection to it. */
  stop(): void;
}

/** Starts a server for a provider, on a free port of this machine's own. */
export function listen(provider: SimulatedProvider): Promise<Listening> {
  const server = new Server({ "grpc.max_receive_message_length": -1 }); // a state may be larger than 4 MB
  server.addService(providerService, provider.service);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else {
        resolve({
          attachment: {
            Protocol: "grpc",
            ProtocolVersion: protocolVersion,
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
