import { PairTimes } from "./pair-times.ts";

/**
 * How long each peer, as a leecher, was connected to each other one, in seconds. A connection of two leechers is in two rows, one
 * for each end.
 */
export class ConnectedTimes extends PairTimes {
  override connected(client: number, remote: number): void {
    this.begin(client, remote);
  }
}

/** How long each peer was interested in each other one, in seconds. Nobody is who has everything. */
export class InterestTimes extends PairTimes {
  override interested(client: number, remote: number, isInterested: boolean): void {
    if (isInterested) this.begin(client, remote);
    else this.end(client, remote);
  }
}
