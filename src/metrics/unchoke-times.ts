import type { Clock } from "../core/clock.ts";
import { type PairRow, PairSpans } from "./pair-table.ts";
import { SilentObserver } from "./silent-observer.ts";

/**
 * How long each peer had each other one unchoked, in seconds. Of a leecher only the time until it completed counts: afterwards
 * it serves as a seeder does.
 */
export class UnchokeTimes extends SilentObserver {
  private readonly clock: Clock;
  private readonly spans = new PairSpans();
  private readonly done = new Set<number>();

  constructor(clock: Clock) {
    super();
    this.clock = clock;
  }

  override unchoked(client: number, remote: number): void {
    if (!this.done.has(client)) this.spans.begin(client, remote, this.clock.now);
  }

  override choked(client: number, remote: number): void {
    this.spans.end(client, remote, this.clock.now);
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
