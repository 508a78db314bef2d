import type { IConstruct } from "constructs";
import { ConfigurationError } from "../shared/errors";

/** @throws ConfigurationError when the registry has no repository for the image */
export function requireImage(registry: IConstruct, images: readonly string[], image: string): void {
  if (images.includes(image)) return;
  throw new ConfigurationError([
    {
      path: registry.node.path,
      field: "image",
      value: image,
      limit: `one of ${images.join(", ")}`,
      fix: "add it to the environment's images",
    },
  ]);
}
