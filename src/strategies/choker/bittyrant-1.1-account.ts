import type { Neighbour } from "../../engine/choker.ts";
import { bitTyrantMark } from "./bittyrant-client.ts";

// Constants of BitTyrant 1.1. Rates in bytes per second.

/** For a peer of which nothing is known. */
const INITIAL = 12_000; // JarUnchoker: 120000 bytes for 10 s
/** The least, lest anybody starve. */
const LEAST = 3_000; // JarUnchoker: 30000 bytes for 10 s
/** More than this, and it is taken to give what it can. */
const MAXED_OUT = 1_500; // JarUnchoker
const LOWER = 0.98; // JarUnchoker
const RAISE = 1.1; // JarUnchoker
/** Bytes sent before the ratio of a peer says anything, and the score that it has until then. */
const JUDGED = 50 * 1024; // PEPeerTransportProtocol.getTyrantScore
const UNJUDGED_SCORE = 0.99;
const TYRANT_SCORE = 1;
/** Another BitTyrant client gets two blocks a round until it was sent so many bytes, and then this many times what it gave. */
const TYRANT_TRIAL = 100_000; // JarUnchoker
const TYRANT_BLOCKS = 32 * 1024;
const TYRANT_GROWTH = 1.25;
/** How long the history goes back, in ms. */
const LATELY = 60_000; // TyrantStats.updateHistory

interface Point {
  readonly time: number;
  readonly sent: number;
  readonly received: number;
}

/** What BitTyrant 1.1 knows of one neighbour. Bytes; allocations are for one round. */
export class JarAccount {
  readonly peer: Neighbour;
  readonly isTyrant: boolean;
  /** 0 while it never had one. */
  allocation = 0;
  /** What it left of the allocation; less than 0 when it took more. */
  unused = 0;
  private readonly seconds: number;
  private readonly history: Point[] = [];
  /** Since when it has not choked us (ms), or -1. */
  private unchokesUsSince = -1;

  /** `seconds` is the length of a round. */
  constructor(peer: Neighbour, seconds: number) {
    this.peer = peer;
    this.isTyrant = peer.mark === bitTyrantMark;
    this.seconds = seconds;
  }

  /** Azureus 2.5, `isUnchokable`. */
  get isUnchokable(): boolean {
    return this.peer.peerInterested && !this.peer.isSeeding;
  }

  /** What we sent for what we got: lower is better. The source divides by the bytes of its messages, surely by mistake. */
  get score(): number {
    const { uploaded, downloaded } = this.peer;
    if (this.isTyrant) return TYRANT_SCORE;
    return uploaded < JUDGED ? UNJUDGED_SCORE : uploaded / downloaded;
  }

  /** It unchoked us long ago, and owes us blocks since. */
  isSnubbed(time: number, snubTime: number): boolean {
    const { peer, unchokesUsSince } = this;
    if (unchokesUsSince < 0 || time - unchokesUsSince < snubTime) return false;
    return peer.isSnubbed && peer.amInterested;
  }

  /** Takes a third of what it left unused in the last round. */
  punish(): void {
    const penalty = Math.max(0, Math.floor(this.unused / 3));
    const least = LEAST * this.seconds;
    this.allocation = Math.max(this.known - penalty, least);
  }

  /** A round is over. */
  remember(time: number): void {
    const { history, peer } = this;
    while ((history[0]?.time ?? time) + LATELY < time) history.shift();
    history.push({ time, sent: peer.uploaded, received: peer.downloaded });
    if (peer.peerChoking) this.unchokesUsSince = -1;
    else if (this.unchokesUsSince < 0) this.unchokesUsSince = time;
  }

  get sentLately(): number {
    return this.since(({ sent }) => sent);
  }

  get receivedLately(): number {
    return this.since(({ received }) => received);
  }

  get isMaxedOut(): boolean {
    const { receivedLately } = this;
    return receivedLately < this.sentLately && receivedLately > (MAXED_OUT * LATELY) / 1000;
  }

  get lowered(): number {
    return Math.floor(this.known * LOWER);
  }

  get raised(): number {
    return this.allocation === 0 ? this.known : Math.floor(this.allocation * RAISE);
  }

  get owed(): number {
    const { uploaded, downloaded } = this.peer;
    if (uploaded < TYRANT_TRIAL) return TYRANT_BLOCKS;
    return Math.floor(TYRANT_GROWTH * downloaded) - uploaded;
  }

  private get known(): number {
    return this.allocation === 0 ? INITIAL * this.seconds : this.allocation;
  }

  /** How much a total grew since the first point of the last minute; one that is just a minute old is out of it. */
  private since(total: (point: Point) => number): number {
    const last = this.history.at(-1);
    if (last === undefined) return 0;
    const first = this.history.find((point) => point.time > last.time - LATELY) as Point;
    return total(last) - total(first);
  }
}
