/** A strategy is named or set up wrongly, or broke the rules of its interface. The message says which, where and how. */
export class StrategyError extends Error {
  override name = "StrategyError";
  /** The option that is wrong, so that a scenario can point at its line. */
  readonly option: string | undefined;

  constructor(message: string, details: { option?: string; cause?: unknown } = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.option = details.option;
  }
}
