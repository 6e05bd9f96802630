import type { ChokeRound, Neighbour } from "../../engine/choker.ts";
import { azureusSlots } from "../../engine/slots.ts";
import { HaveRate } from "./have-rate.ts";

/** The constants of Piatek 2007, Fig. 9. */
export interface Adaptation {
  /** u of a peer that we know nothing of, bytes per second. */
  readonly initialUpload: number;
  /** u grows by this share when the peer does not reciprocate, */
  readonly delta: number;
  /** and shrinks by this one when it has for so many rounds. */
  readonly gamma: number;
  readonly rounds: number;
}

/** What BitTyrant estimates of one neighbour. Rates in bytes per second. */
export class Account {
  /** u: what we must send it so that it sends to us. */
  u: number;
  /** It was unchoked by us since the last timed round, or longer. */
  isOffered = false;
  /** The d that was observed last; undefined: never. */
  private observed: number | undefined = undefined;
  /** Rounds in a row in which it reciprocated. */
  private streak = 0;
  private downloaded: number;
  private unchokedUs = false;
  private isFresh = true;
  private readonly haves = new HaveRate();

  constructor(peer: Neighbour, initialUpload: number) {
    this.u = initialUpload;
    this.downloaded = peer.downloaded;
  }

  /** Whether d was ever measured. */
  get isMeasured(): boolean {
    return this.observed !== undefined;
  }

  /** A timed round of `seconds` is over (Fig. 9, "at the end of each round"). */
  learn(peer: Neighbour, round: ChokeRound, seconds: number, adaptation: Adaptation): void {
    const { delta, gamma, rounds } = adaptation;
    const received = peer.downloaded - this.downloaded;
    this.downloaded = peer.downloaded;
    this.haves.note(peer, round.time);
    const unchokesUs = !peer.peerChoking;
    // The mean over a round in which it served us from begin to end: a part of a round tells nothing of its rate.
    if (unchokesUs && this.unchokedUs && !this.isFresh && peer.amInterested) {
      this.observed = received / seconds;
    }
    if (this.isOffered && !peer.amChoking) {
      this.streak = unchokesUs ? this.streak + 1 : 0;
      if (!unchokesUs && peer.amInterested) this.u *= 1 + delta;
      if (this.streak >= rounds) this.u *= 1 - gamma;
    }
    this.unchokedUs = unchokesUs;
    this.isFresh = false;
  }

  /**
   * d: what it sends us when it reciprocates. Until that was seen, its equal split, taking how fast it downloads for its
   * capacity and Azureus's active set for its number of uploads (§4.2). 0 while it has announced nothing.
   */
  d(pieceLength: number): number {
    if (this.observed !== undefined) return this.observed;
    const capacity = this.haves.rate(pieceLength);
    return capacity / azureusSlots(capacity / 1024); // the table is in kB/s of 1024 bytes
  }
}
