import type { Scenario } from "../../src/scenario/scenario.ts";
import { Simulation } from "../../src/sim/simulation.ts";
import { listener } from "./listener.ts";

/** A time in which `server` had `remote` unchoked, in ms. */
export interface Turn {
  readonly remote: number;
  readonly from: number;
  readonly to: number;
}

/** Runs a scenario under the checkers; returns the turns that the peer `server` gave, in the order in which they began. */
export function turnsOf(one: Scenario, server: number): Turn[] {
  const turns: { remote: number; from: number; to: number }[] = [];
  const end = (client: number, remote: number) => {
    const turn = turns.findLast((other) => other.remote === remote);
    if (client === server && turn?.to === Number.POSITIVE_INFINITY) turn.to = simulation.now;
  };
  const simulation: Simulation = new Simulation(one, {
    check: true,
    observer: listener({
      unchoked: (client, remote) => {
        if (client !== server) return;
        turns.push({ remote, from: simulation.now, to: Number.POSITIVE_INFINITY });
      },
      choked: end,
      disconnected: end,
    }),
  });
  while (!simulation.isDone) simulation.advance(100_000);
  return turns.map((turn) => ({ ...turn, to: Math.min(turn.to, simulation.now) }));
}

/** How long each peer was unchoked between `from` and `to`, of those that were at all. */
export function timeUnchoked(
  turns: readonly Turn[],
  from: number,
  to: number,
): Map<number, number> {
  const times = new Map<number, number>();
  for (const turn of turns) {
    const time = Math.min(turn.to, to) - Math.max(turn.from, from);
    if (time > 0) times.set(turn.remote, (times.get(turn.remote) ?? 0) + time);
  }
  return times;
}
