import { writeSync } from "node:fs";
import { beginCell, type CellEvent } from "./cell-events.ts";
import { listenToShown } from "./display.ts";

/** Loaded by Node before the cells of a notebook (`run-cells.ts`): tells the parent process what comes of which cell. */
let current = 0;

for (const name of ["stdout", "stderr"] as const) {
  process[name].write = (text: string | Uint8Array) => {
    tell({ cell: current, name, text: String(text) });
    return true;
  };
}
listenToShown((data) => tell({ cell: current, data }));
Object.assign(globalThis, {
  [beginCell]: (cell: number) => {
    if (cell < 0) tell({ isDone: true });
    else current = cell;
  },
});
process.on("uncaughtExceptionMonitor", () => writeSync(2, `In code cell ${current + 1}:\n`));

function tell(event: CellEvent): void {
  process.send?.(event);
}
