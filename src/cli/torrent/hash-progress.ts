import { clockTime, size } from "../../report/units.ts";
import { singleBar } from "../progress-bar.ts";
import type { Terminal } from "../terminal.ts";

/** Shows how far a hashing is. */
export interface HashProgress {
  /** So many more bytes are done. */
  add(bytes: number): void;
  /** So many bytes are done in all. */
  show(done: number): void;
  stop(): void;
}

/** A bar for `total` bytes where a person looks, and nothing elsewhere. */
export async function hashProgress(
  total: number,
  { isQuiet }: { readonly isQuiet: boolean },
  terminal: Terminal,
): Promise<HashProgress> {
  if (isQuiet || !terminal.isWatched) {
    const nothing = () => undefined;
    return { add: nothing, show: nothing, stop: nothing };
  }
  const bar = await singleBar();
  const started = performance.now();
  let done = 0;
  const show = (bytes: number) => {
    done = bytes;
    bar.show(done / total, progressText(done, total, (performance.now() - started) / 1000));
  };
  return {
    add: (bytes) => show(done + bytes),
    show,
    stop: () => bar.stop(),
  };
}

/** `1.21 GiB of 4.00 GiB, 1.31 GiB/s, 0:02 left`; times in seconds. */
export function progressText(done: number, total: number, elapsed: number): string {
  const speed = elapsed > 0 ? `, ${size(done / elapsed)}/s` : "";
  const left = done > 0 ? `, ${clockTime((elapsed * (total - done)) / done)} left` : "";
  return `${size(done)} of ${size(total)}${speed}${left}`;
}
