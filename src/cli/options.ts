import { InputError } from "./exit-codes.ts";

/** For options that may be given many times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

export function expectReport(options: { readonly open?: boolean; readonly report: boolean }): void {
  if (options.open !== true || options.report) return;
  throw new InputError("--open needs the report that --no-report leaves out.");
}

export function expectTrace(options: {
  readonly trace?: boolean;
  readonly rechokes?: boolean;
}): void {
  if (options.rechokes !== true || options.trace === true) return;
  throw new InputError("--rechokes writes into the trace: give --trace too.");
}

/** What `option` says: seeds, or jobs. */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 10_000) return value;
  throw new InputError(`${option} ${text}: must be a whole number from 1 to 10000.`);
}
