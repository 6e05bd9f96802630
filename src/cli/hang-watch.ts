import { StrategyError } from "../strategies/strategy-error.ts";
import type { Call } from "./shared-state.ts";

/**
 * Notices a strategy that does not return. It counts its own looks, one a second, and not the time: while the process is
 * stopped or the machine asleep there are none, so neither costs a run its life.
 */
export class HangWatch {
  private seen: Call | undefined;
  private looks = 0;

  /** Looks once. An error when the simulation has been in the same call over `patience` looks after the first that saw it. */
  look(call: Call | undefined, patience: number): StrategyError | undefined {
    this.looks = call !== undefined && call.number === this.seen?.number ? this.looks + 1 : 0;
    this.seen = call;
    if (call === undefined || this.looks < patience) return undefined;
    const at = call.where.lastIndexOf(", ");
    const [who, method] = [call.where.slice(0, at), call.where.slice(at + 2)];
    return new StrategyError(
      `${who}, at ${call.time / 1000} s, ${method}: has not returned for ${this.looks} s.`,
    );
  }
}
