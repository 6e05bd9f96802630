/** A tracker did not answer, answered with a reason why not, or with something that is no answer. The message is for people. */
export class TrackerError extends Error {
  override name = "TrackerError";
  /** BEP 31: ms after which to ask again; Infinity: never. Undefined where the tracker does not say. */
  readonly retryIn: number | undefined;
  /** The tracker said so itself, by a `failure reason`. */
  readonly isRefusal: boolean;

  constructor(
    message: string,
    {
      retryIn,
      isRefusal = false,
    }: { readonly retryIn?: number | undefined; readonly isRefusal?: boolean } = {},
  ) {
    super(message);
    this.retryIn = retryIn;
    this.isRefusal = isRefusal;
  }
}
