import type { LiveFacts } from "../../metrics/results.ts";

/** Above this many ms the machine takes part in what comes out: a block at 1 Mbit/s takes 131. */
const MUCH = 100;

/** How late timers were in live runs, and what that means. */
export function latenessText(
  facts: readonly Pick<LiveFacts, "lateP99Milliseconds" | "lateMaxMilliseconds">[],
): string {
  const late = Math.max(...facts.map(({ lateP99Milliseconds }) => lateP99Milliseconds));
  const most = Math.max(...facts.map(({ lateMaxMilliseconds }) => lateMaxMilliseconds));
  const text = `Timers were late by ${Math.round(late)} ms at most in 99 of 100 cases, and by ${Math.round(most)} ms once.`;
  return late < MUCH
    ? text
    : `${text} This machine has too much to do for the scenario: times are longer than they should be.`;
}
