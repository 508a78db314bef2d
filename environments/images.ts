/** Repositories for the images of the applications, the same in every environment: an image goes from one to the next. */
export const images = [
  ...["ml-platform/frontend", "ml-platform/backend", "ml-platform/training", "ml-platform/data-processing"],
  ...["search/reader", "search/writer", "search/ingestion"],
  "sre-portal/portal",
];

/** Where the stand-ins of `applications/stand-ins.ts` come from. Once every application has an image of its own, trust none of them. */
export const registriesOfStandIns = ["docker.io/hashicorp/", "docker.io/library/", "ghcr.io/cloudnative-pg/"];
