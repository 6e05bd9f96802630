import { AssertionError } from "../core/assert.ts";
import {
  receivedStorageError,
  type SentStorageError,
  StorageError,
  sentStorageError,
} from "../live/storage/storage-error.ts";
import { ScenarioError, type ScenarioIssue } from "../scenario/issues.ts";
import { StrategyError } from "../strategies/strategy-error.ts";
import { InputError } from "./exit-codes.ts";

/** An error as it passes between threads, which would lose its class. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly issues?: readonly ScenarioIssue[];
  readonly option?: string | undefined;
  readonly storage?: SentStorageError;
}

export function sentError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), stack: undefined };
  const { name, message, stack } = error;
  if (error instanceof ScenarioError) return { name, message, stack, issues: error.issues };
  if (error instanceof StrategyError) return { name, message, stack, option: error.option };
  if (error instanceof StorageError) {
    return { name, message, stack, storage: sentStorageError(error) };
  }
  return { name, message, stack };
}

/** The error of another thread, of its class where that is one of ours. */
export function receivedError(sent: SentError): Error {
  const error = revived(sent);
  error.name = sent.name;
  if (sent.stack !== undefined) error.stack = sent.stack;
  return error;
}

/** The same error, whose message says first in which run it happened. */
export function errorOf(run: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { message, stack } = error;
  error.message = `${run}: ${message}`;
  if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
  return error;
}

function revived({ name, message, issues, option, storage }: SentError): Error {
  if (storage !== undefined) return receivedStorageError(storage);
  if (name === "ScenarioError") return new ScenarioError(issues ?? []);
  if (name === "StrategyError") {
    return new StrategyError(message, option === undefined ? {} : { option });
  }
  if (name === "AssertionError") return new AssertionError(message);
  return name === "InputError" ? new InputError(message) : new Error(message);
}
