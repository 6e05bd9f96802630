import { type Random, randomBelow } from "../../core/random.ts";
import type { ChokeRound, Neighbour } from "../../engine/choker.ts";

/**
 * Inserts a new peer as the reference client does: at position max(0, randrange(1 - weight, length + 1)), so that it becomes
 * the head with probability weight / (length + weight).
 */
export function insertAtRandom(
  connections: Neighbour[],
  peer: Neighbour,
  random: Random,
  weight: number,
): void {
  const position = randomBelow(random, connections.length + weight) - (weight - 1);
  connections.splice(Math.max(0, position), 0, peer);
}

/** Takes `peer` out of the list. */
export function remove(connections: Neighbour[], peer: Neighbour): void {
  const index = connections.indexOf(peer);
  if (index >= 0) connections.splice(index, 1);
}

/** The list rotated so that what is at `index` comes first. */
export function startAt(connections: readonly Neighbour[], index: number): Neighbour[] {
  return [...connections.slice(index), ...connections.slice(0, index)];
}

/** The `count` peers of the highest score, highest first; equal ones in the order of the list. */
export function best(
  peers: readonly Neighbour[],
  count: number,
  score: (peer: Neighbour) => number,
): Neighbour[] {
  const chosen: Neighbour[] = [];
  const scores: number[] = [];
  for (const peer of peers) {
    const own = score(peer);
    let place = chosen.length;
    while (place > 0 && (scores[place - 1] as number) < own) place--;
    if (place >= count) continue;
    chosen.splice(place, 0, peer);
    scores.splice(place, 0, own);
    if (chosen.length > count) {
      chosen.pop();
      scores.pop();
    }
  }
  return chosen;
}

/** On an event between two rounds the peers that have a slot and still want it; on the timer nobody: all slots are free. */
export function stillServed(round: ChokeRound): Neighbour[] {
  if (round.trigger === "timer") return [];
  return round.candidates.filter((peer) => !peer.amChoking).slice(0, round.slots);
}
