/** A mistake of ours, never a peer's: always on, and never caught inside the engine. */
export class AssertionError extends Error {
  override name = "AssertionError";
}

/** Stops the run when `condition` does not hold. For a peer's mistakes throw a typed error instead. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}
