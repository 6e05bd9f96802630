import type { Observer } from "../engine/observer.ts";

/** The methods of an observer, but for `rechoked`, which is there only when somebody wants it. */
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
  const isRechokeWanted = observers.some(({ rechoked }) => rechoked !== undefined);
  const names = isRechokeWanted ? [...events, "rechoked" as const] : events;
  const entries = names.map((name): [string, Listener] => [
    name,
    (...event) => {
      for (const one of observers) (one[name] as Listener | undefined)?.apply(one, event);
    },
  ]);
  return Object.fromEntries(entries) as unknown as Observer;
}
