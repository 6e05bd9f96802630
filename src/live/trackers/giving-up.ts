import { TrackerError } from "../../tracker/tracker-error.ts";

/** That whoever asked does not want to know any more. */
export function gaveUp(): TrackerError {
  return new TrackerError("we stopped waiting for it");
}

/** What the promise comes to; rejects as soon as the signal is aborted, though what it stands for goes on. */
export async function orGaveUp<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let aborted = () => {};
  const abort = new Promise<never>((_, reject) => {
    aborted = () => reject(gaveUp());
    if (signal.aborted) aborted();
    else signal.addEventListener("abort", aborted);
  });
  try {
    return await Promise.race([promise, abort]);
  } finally {
    signal.removeEventListener("abort", aborted);
  }
}
