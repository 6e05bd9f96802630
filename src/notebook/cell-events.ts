import type { Shown } from "./display.ts";

/** What the process in which cells run tells the one that started it; `cell` counts the code cells from 0. */
export type CellEvent =
  | { readonly cell: number; readonly name: "stdout" | "stderr"; readonly text: string }
  | { readonly cell: number; readonly data: Shown }
  | { readonly isDone: true };

/** The global function by which the joined cells say which of them begins; -1 after the last. */
export const beginCell = "__beginCell";
