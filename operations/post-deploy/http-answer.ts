import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** A request, and where it goes. */
export interface HttpRequest {
  readonly host: string;
  readonly path: string;
  readonly tls: boolean;
  /** Where the host is reached. */
  readonly address: string;
  readonly port: number;
  /** Whether the certificate has to be one that this machine trusts. */
  readonly trusted: boolean;
}

/** The status that it was answered with, or why it was not. */
export type HttpAnswer = { readonly status: number } | { readonly failure: string };

/** Longest wait for an answer, in milliseconds. */
const patience = 10_000;

/** Sends a request, and follows no redirect. Never rejects. */
export function httpAnswer({ host, path, tls, address, port, trusted }: HttpRequest): Promise<HttpAnswer> {
  const options = { host: address, port, path, headers: { host }, timeout: patience, agent: false } as const;
  return new Promise((resolve) => {
    const request = tls ? requestHttps({ ...options, servername: host, rejectUnauthorized: trusted }) : requestHttp(options);
    request.once("response", (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0 });
    });
    request.once("timeout", () => request.destroy(new Error(`no answer within ${patience / 1000} s`)));
    request.once("error", (error) => resolve({ failure: error.message }));
    request.end();
  });
}
