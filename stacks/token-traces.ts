/**
 * Runs work during which cdktf takes no stack traces. It takes a full one for every token, to say where a token came
 * from when it does not resolve; they cost a quarter of a synth (`npm run bench`). Errors keep their own traces.
 */
export function withoutTokenTraces<Result>(work: () => Result): Result {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => undefined;
  try {
    return work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
