import { setTimeout as sleep } from "node:timers/promises";

/** Asks until the answer is true; `what` is the sentence of the error when it never is. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patience = 60_000,
): Promise<void> {
  const end = performance.now() + patience;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`after ${patience / 1000} s: not ${what}`);
    await sleep(50);
  }
}
