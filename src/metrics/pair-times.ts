import type { Clock } from "../core/clock.ts";
import { type PairRow, PairSpans } from "./pair-table.ts";
import { SilentObserver } from "./silent-observer.ts";

/**
 * How long something held between each peer and each other one, in seconds. Of a leecher only the time until it completed
 * counts, and nothing outlasts the connection.
 */
export abstract class PairTimes extends SilentObserver {
  private readonly clock: Clock;
  private readonly spans = new PairSpans();
  private readonly done = new Set<number>();

  constructor(clock: Clock) {
    super();
    this.clock = clock;
  }

  override disconnected(client: number, remote: number): void {
    this.end(client, remote);
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

  protected begin(client: number, remote: number): void {
    if (!this.done.has(client)) this.spans.begin(client, remote, this.clock.now);
  }

  protected end(client: number, remote: number): void {
    this.spans.end(client, remote, this.clock.now);
  }
}
