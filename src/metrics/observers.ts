import type { Clock } from "../core/clock.ts";
import type { Observer } from "../engine/observer.ts";
import { ConnectedTimes, InterestTimes } from "./neighbour-times.ts";
import type { PairRow } from "./pair-table.ts";
import { PairwiseBytes } from "./pairwise-bytes.ts";
import { UnchokeTimes } from "./unchoke-times.ts";

/** An observer that has a table in the end. */
export interface TableObserver extends Observer {
  /** Plain data. Asked once, when the run is over. */
  table(): PairRow[];
}

/** Observers that a run can be asked for by name. */
export const tableObservers = {
  "connected-times": (clock: Clock) => new ConnectedTimes(clock),
  "interest-times": (clock: Clock) => new InterestTimes(clock),
  "pairwise-bytes": () => new PairwiseBytes(),
  "unchoke-times": (clock: Clock) => new UnchokeTimes(clock),
} as const satisfies Readonly<Record<string, (clock: Clock) => TableObserver>>;

export type ObserverName = keyof typeof tableObservers;

/** Their tables, by their names. */
export type Observed = Partial<Record<ObserverName, readonly PairRow[]>>;
