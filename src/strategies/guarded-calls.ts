import type { Clock } from "../core/clock.ts";
import { describeError, show } from "./describe.ts";
import { StrategyError } from "./strategy-error.ts";

/** Is told when a user's strategy is called and when it has returned, so that somebody outside can notice one that never does. */
export interface StrategyWatch {
  /** `where` names strategy, peer and method: `Choker "./mine.ts" of dsl/3, choose()`. `time` is the clock's, in ms. */
  entered(where: string, time: number): void;
  left(): void;
}

/** Calls into one client's strategy: what it throws becomes a StrategyError that says where and when. */
export class GuardedCalls {
  private readonly where: string;
  private readonly clock: Clock;
  private readonly watch: StrategyWatch | undefined;

  /** `where` names strategy and peer: `Choker "mine" of dsl/3`. */
  constructor(where: string, clock: Clock, watch?: StrategyWatch) {
    this.where = where;
    this.clock = clock;
    this.watch = watch;
  }

  /** What `call` returns. `method` is the strategy's, for messages. */
  run<T>(method: string, call: () => T): T {
    const { watch } = this;
    try {
      if (watch === undefined) return call();
      watch.entered(`${this.where}, ${method}()`, this.clock.now);
      const result = call();
      watch.left();
      return result;
    } catch (error) {
      throw this.fault(method, `threw ${describeError(error)}`, error);
    }
  }

  /** An error about `method`, whose `text` goes on from its name. */
  fault(method: string, text: string, cause?: unknown): StrategyError {
    const message = `${this.where}, at ${this.clock.now / 1000} s, ${method}(): ${text}`;
    return new StrategyError(message, cause === undefined ? {} : { cause });
  }

  /** Complains when `strategy` is no object with the method that it must have. */
  expectMethod(strategy: unknown, method: string, argument: string): void {
    const isThere =
      typeof strategy === "object" &&
      strategy !== null &&
      typeof (strategy as Record<string, unknown>)[method] === "function";
    if (isThere) return;
    throw new StrategyError(
      `${this.where}: create() returned ${show(strategy)} instead of an object with a method ${method}${argument}.`,
    );
  }
}
