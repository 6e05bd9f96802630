import { exitCodes } from "./exit-codes.ts";

/** Listens for Ctrl-C, for being told to end, and for the terminal that goes away. */
export interface Interrupts {
  /** The exit code that a signal asks for; undefined while none came. */
  readonly code: number | undefined;
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** From here on signals end the process again. */
  ignore(): void;
}

const codes = {
  SIGHUP: exitCodes.hungUp,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
} as const;

/**
 * The first signal sets `code` and aborts `signal`, so that the run can be ended in order. The second ends the process at once, after
 * `cleanUp`, which must not wait for anything.
 */
export function listenForInterrupts(cleanUp: () => void): Interrupts {
  const abort = new AbortController();
  const state: { -readonly [K in keyof Interrupts]: Interrupts[K] } = {
    code: undefined,
    signal: abort.signal,
    ignore,
  };
  const names = Object.keys(codes) as (keyof typeof codes)[];
  const onSignal = (signal: NodeJS.Signals) => {
    const code = codes[signal as keyof typeof codes];
    if (state.code !== undefined) {
      cleanUp();
      process.exit(code);
    }
    state.code = code;
    abort.abort();
  };
  for (const name of names) process.on(name, onSignal);
  function ignore() {
    for (const name of names) process.off(name, onSignal);
  }
  return state;
}
