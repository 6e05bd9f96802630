import { expect } from "@jest/globals";
import { StrategyError } from "../../src/strategies/strategy-error.ts";

/** What the StrategyError says that `action` throws. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(StrategyError);
    return (error as StrategyError).message;
  }
  return "no error";
}
