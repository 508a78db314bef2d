import { listed, type PostDeployCheck } from "./check-result";
import type { DeployedRoute } from "./deployed-objects";
import { httpAnswer, type HttpAnswer, type HttpRequest } from "./http-answer";

/** Where the requests of a route go. */
export type RouteAddress = (route: DeployedRoute) => Pick<HttpRequest, "address" | "port" | "trusted">;

/** By the name that the whole world knows. */
export const awsAddress: RouteAddress = ({ host, tls }) => ({ address: host, port: tls ? 443 : 80, trusted: true });

/** On the laptop's ports, whatever its name server knows; the certificate is one of the cluster's own authority. */
export function laptopAddress({ http, https }: { readonly http: number; readonly https: number }): RouteAddress {
  return ({ tls }) => ({ address: "127.0.0.1", port: tls ? https : http, trusted: false });
}

/** Whether the pods behind every route answer. Where nobody may enter, or there is a way on, somebody has answered. */
export function routesAnswer(
  routes: readonly DeployedRoute[],
  addressOf: RouteAddress,
  ask: (request: HttpRequest) => Promise<HttpAnswer> = httpAnswer,
): PostDeployCheck {
  return {
    name: "routes",
    async look() {
      const answers = await Promise.all(
        routes.map(async (route) => ({ url: urlOf(route), answer: await ask({ ...route, ...addressOf(route) }) })),
      );
      const silent = answers.filter(({ answer }) => !isAnswered(answer)).map(({ url, answer }) => `${url} (${described(answer)})`);
      if (silent.length === 0)
        return { check: "routes", passed: true, found: routes.length === 0 ? "there are none" : `${routes.length} answer` };
      const fix =
        "404, 502, 503: no pod is behind the route; look at its pods and their readiness. No answer: see that this machine reaches the gateway or the load balancer";
      return { check: "routes", passed: false, found: `${silent.length} of ${routes.length} do not answer: ${listed(silent)}`, fix };
    },
  };
}

/** The gateways themselves answer 404 where they know no route. */
function isAnswered(answer: HttpAnswer): boolean {
  return "status" in answer && answer.status >= 200 && answer.status < 500 && answer.status !== 404;
}

function described(answer: HttpAnswer): string {
  return "status" in answer ? `${answer.status}` : answer.failure;
}

function urlOf({ host, path, tls }: DeployedRoute): string {
  return `${tls ? "https" : "http"}://${host}${path}`;
}
