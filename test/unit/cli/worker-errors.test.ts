import { describe, expect, test } from "@jest/globals";
import { InputError, isInputError } from "../../../src/cli/exit-codes.ts";
import { errorOf, receivedError, sentError } from "../../../src/cli/worker-errors.ts";
import { AssertionError } from "../../../src/core/assert.ts";
import { ScenarioError, type ScenarioIssue } from "../../../src/scenario/issues.ts";
import { StrategyError } from "../../../src/strategies/strategy-error.ts";

const issue: ScenarioIssue = {
  file: "x.yaml",
  line: 3,
  column: 5,
  override: undefined,
  path: "peers",
  message: "is missing",
  hint: undefined,
};

describe("an error comes out of another thread as what it was:", () => {
  test.each([
    [new InputError("no disk"), InputError],
    [new StrategyError("loops", { option: "x" }), StrategyError],
    [new ScenarioError([issue]), ScenarioError],
    [new AssertionError("a byte is lost"), AssertionError],
    [new TypeError("x is not a function"), Error],
  ])("%s", (error, type) => {
    const received = receivedError(structuredClone(sentError(error)));
    expect(received).toBeInstanceOf(type);
    expect([received.name, received.message]).toEqual([error.name, error.message]);
    expect(received.stack).toBe(error.stack);
    expect(isInputError(received)).toBe(isInputError(error));
  });

  test("with its issues, or the option that is wrong", () => {
    const scenario = receivedError(sentError(new ScenarioError([issue])));
    expect((scenario as ScenarioError).issues).toEqual([issue]);
    const strategy = receivedError(sentError(new StrategyError("", { option: "x" })));
    expect((strategy as StrategyError).option).toBe("x");
  });

  test("that begins with the run in which it happened, for people and in its stack", () => {
    const error = errorOf("none, seed 7", new AssertionError("a $& is lost"));
    expect(error).toBeInstanceOf(AssertionError);
    const { message, stack } = error as Error;
    expect(message).toBe("none, seed 7: a $& is lost");
    expect(stack).toMatch(/^\w*Error: none, seed 7: a \$& is lost\n +at /);
    expect(errorOf("none, seed 7", "a text")).toBe("a text");
  });

  test("whatever was thrown", () => {
    expect(receivedError(sentError("a text")).message).toBe("a text");
    expect(receivedError(sentError(undefined)).message).toBe("undefined");
  });
});
