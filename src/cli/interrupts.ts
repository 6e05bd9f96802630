import { exitCodes } from "./exit-codes.ts";

/** Listens for Ctrl-C and for being told to end. */
export interface Interrupts {
  /** The exit code that a signal asks for; undefined while none came. */
  readonly code: number | undefined;
  /** From here on signals end the process again. */
  ignore(): void;
}

/**
 * The first signal sets `code`, so that the run can be ended in order. The second ends the process at once, after
 * `cleanUp`, which must not wait for anything.
 */
export function listenForInterrupts(cleanUp: () => void): Interrupts {
  const state: { code: number | undefined; ignore: () => void } = { code: undefined, ignore };
  const onSignal = (signal: NodeJS.Signals) => {
    const code = signal === "SIGINT" ? exitCodes.interrupted : exitCodes.terminated;
    if (state.code !== undefined) {
      cleanUp();
      process.exit(code);
    }
    state.code = code;
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  function ignore() {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
  return state;
}
