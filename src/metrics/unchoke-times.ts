import { PairTimes } from "./pair-times.ts";

/** How long each peer, as a leecher, had each other one unchoked, in seconds: as a seeder it serves by other rules. */
export class UnchokeTimes extends PairTimes {
  override unchoked(client: number, remote: number): void {
    this.begin(client, remote);
  }

  override choked(client: number, remote: number): void {
    this.end(client, remote);
  }
}
