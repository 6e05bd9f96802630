import { StorageError } from "../live/storage/storage-error.ts";
import { ScenarioError } from "../scenario/issues.ts";
import { StrategyError } from "../strategies/strategy-error.ts";
import { TorrentError } from "../torrent/torrent-error.ts";

/** What the process ends with. */
export const exitCodes = {
  done: 0,
  /** A mistake of ours. */
  bug: 1,
  badInput: 2,
  /** `sim torrent verify`: what is on the disk is not all of the torrent. */
  incomplete: 3,
  /** As shells count signals: 128 and the signal's number. */
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** What the user gave cannot be used. The message says what and how to mend it; no stack is shown. */
export class InputError extends Error {
  override name = "InputError";
}

/** Whether the user can mend it, rather than we. */
export function isInputError(error: unknown): error is Error {
  return (
    error instanceof InputError ||
    error instanceof ScenarioError ||
    error instanceof StorageError ||
    error instanceof StrategyError ||
    error instanceof TorrentError
  );
}
