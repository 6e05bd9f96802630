import type { CellFormat } from "../cell-store.ts";

/** What is stored of a run of an experiment. */
export interface FinishedCell {
  /** Of the run's events. */
  readonly digest: string;
  /** What the command's process used since the run before it was stored. */
  readonly cpuSeconds: number;
  readonly kept: unknown;
}

export const finishedCell: CellFormat<FinishedCell> = {
  text: (key, cell) => `${JSON.stringify({ key, ...cell })}\n`,
  parse(key, text) {
    const { key: own, ...cell } = JSON.parse(text) as FinishedCell & { readonly key: string };
    return own === key ? cell : undefined;
  },
};
