/** What the process ends with. */
export const exitCodes = {
  done: 0,
  /** A mistake of ours. */
  bug: 1,
  badInput: 2,
  /** As shells count signals: 128 and the signal's number. */
  interrupted: 130,
  terminated: 143,
} as const;

/** What the user gave cannot be used. The message says what and how to mend it; no stack is shown. */
export class InputError extends Error {
  override name = "InputError";
}
