import type { Neighbour } from "../../engine/choker.ts";

/** Azureus averages what peers announce over a minute (`PEPeerStatsImpl`): so many rounds of 10 s. */
const ROUNDS = 6;

/**
 * How fast a peer downloads, from its HAVE messages: pieces in the window x piece length / window (Piatek 2007, §4.2). The
 * first count, which a bitfield may have made, is where it starts from.
 */
export class HaveRate {
  /** Pieces that the peer had at the last rounds, and when (ms): a ring. */
  private readonly pieces: number[] = [];
  private readonly times: number[] = [];
  private noted = 0;

  /** A round is over. */
  note(peer: Neighbour, time: number): void {
    const at = this.noted % (ROUNDS + 1);
    this.pieces[at] = peer.pieces;
    this.times[at] = time;
    this.noted++;
  }

  /** Bytes per second; 0 while nothing is known. */
  rate(pieceLength: number): number {
    if (this.noted < 2) return 0;
    const last = (this.noted - 1) % (ROUNDS + 1);
    const first = this.noted > ROUNDS ? this.noted % (ROUNDS + 1) : 0;
    const span = (this.times[last] as number) - (this.times[first] as number);
    const gained = (this.pieces[last] as number) - (this.pieces[first] as number);
    return span > 0 ? (gained * pieceLength * 1000) / span : 0;
  }
}
