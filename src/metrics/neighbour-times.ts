import type { Clock } from "../core/clock.ts";
import { type PairRow, PairSpans } from "./pair-table.ts";
import { SilentObserver } from "./silent-observer.ts";

/**
 * How long each peer, as a leecher, was connected to each other one, in seconds. A connection of two leechers is in two rows, one
 * for each end.
 */
export class ConnectedTimes extends SilentObserver {
  private readonly clock: Clock;
  private readonly spans = new PairSpans();
  private readonly done = new Set<number>();

  constructor(clock: Clock) {
    super();
    this.clock = clock;
  }

  override connected(client: number, remote: number): void {
    if (!this.done.has(client)) this.spans.begin(client, remote, this.clock.now);
  }

  override disconnected(client: number, remote: number): void {
    this.spans.end(client, remote, this.clock.now);
  }

  override completed(client: number): void {
    this.done.add(client);
    this.spans.endFrom(client, this.clock.now);
  }

  override left(client: number): void {
    this.spans.endFrom(client, this.clock.now);
  }

  table(): PairRow[] {
    return this.spans.rows(this.clock.now);
  }
}

/** How long each peer was interested in each other one, in seconds. Nobody is who has everything. */
export class InterestTimes extends SilentObserver {
  private readonly clock: Clock;
  private readonly spans = new PairSpans();

  constructor(clock: Clock) {
    super();
    this.clock = clock;
  }

  override interested(client: number, remote: number, isInterested: boolean): void {
    if (isInterested) this.spans.begin(client, remote, this.clock.now);
    else this.spans.end(client, remote, this.clock.now);
  }

  override disconnected(client: number, remote: number): void {
    this.spans.end(client, remote, this.clock.now);
  }

  override completed(client: number): void {
    this.spans.endFrom(client, this.clock.now);
  }

  override left(client: number): void {
    this.spans.endFrom(client, this.clock.now);
  }

  table(): PairRow[] {
    return this.spans.rows(this.clock.now);
  }
}
