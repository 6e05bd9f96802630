/** A tracker did not answer, answered with a reason why not, or with something that is no answer. The message is for people. */
export class TrackerError extends Error {
  override name = "TrackerError";
  /** BEP 31: ms after which to ask again; Infinity: never. Undefined where the tracker does not say. */
  readonly retryIn: number | undefined;

  constructor(message: string, retryIn?: number) {
    super(message);
    this.retryIn = retryIn;
  }
}
