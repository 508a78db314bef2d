import type { IConstruct } from "constructs";

/** Image registry: ECR in the cloud, one in the cluster on the laptop. */
export interface IRegistry extends IConstruct {
  /** Host, and port where there is one, that images are pushed to and pulled from. */
  readonly address: string;
  /**
   * Name of an image without its tag, for pushes and for pods alike.
   * @throws ConfigurationError when the registry has no repository for the image
   */
  imageName(image: string): string;
}

export interface RegistryProps {
  /** Images that get a repository. */
  readonly images: readonly string[];
  /** IAM principals that may pull, where the registry asks who pulls. */
  readonly pullPrincipals: readonly string[];
}
