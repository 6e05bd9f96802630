import type { Observer } from "../engine/observer.ts";

/** Every method of an observer that all have. */
const events = [
  "connected",
  "refused",
  "disconnected",
  "interested",
  "unchoked",
  "choked",
  "snubbed",
  "blockSent",
  "blockReceived",
  "pieceStarted",
  "pieceCompleted",
  "pieceFailed",
  "banned",
  "endgame",
  "completed",
  "announced",
  "arrived",
  "left",
] as const satisfies readonly (keyof Observer)[];

type Listener = (...event: unknown[]) => void;

/** One observer that tells several, in their order; undefined of none, and that one itself of one. */
export function observerOf(observers: readonly Observer[]): Observer | undefined {
  if (observers.length < 2) return observers[0];
  const entries = events.map((name): [string, Listener] => [
    name,
    (...event) => {
      for (const one of observers) (one[name] as Listener | undefined)?.apply(one, event);
    },
  ]);
  return Object.fromEntries(entries) as unknown as Observer;
}
