import seedrandom from "seedrandom";
import type { Clock } from "../../src/core/clock.ts";
import type { Random } from "../../src/core/random.ts";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../src/engine/choker.ts";

/** A neighbour whose every field a test may set. */
export type FakeNeighbour = { -readonly [K in keyof Neighbour]: Neighbour[K] };

/** An interested peer that has sent before, and that we choke. */
export function neighbour(number: number, fields: Partial<FakeNeighbour> = {}): FakeNeighbour {
  return {
    number,
    peerInterested: true,
    amInterested: true,
    amChoking: true,
    peerChoking: true,
    isSnubbed: false,
    isSeeding: false,
    downloadRate: 0,
    uploadRate: 0,
    downloaded: 0,
    uploaded: 0,
    queuedRequests: 0,
    pieces: 0,
    connectedAt: 0,
    mark: "",
    ...fields,
  };
}

export function randomOf(seed: string | number): Random {
  return { next: seedrandom.alea(String(seed)) };
}

/** It is 10 s, for ever. */
export const stoppedClock: Clock = { now: 10_000 };

/** Chance that always answers the same, for scripts that leave nothing to it. */
export function fixedRandom(value: number): Random {
  return { next: () => value };
}

/** A client around a choker: it keeps time and does what the choker says. Peers are known by their numbers. */
export class ScriptedClient {
  readonly neighbours: FakeNeighbour[] = [];
  /** What the choker said last. */
  chosen: readonly Unchoke[] = [];
  /** Somebody reads why. */
  isExplained = false;
  round = 0;
  time = 0;
  private last: ChokeRound | undefined = undefined;
  private readonly choker: Choker;
  private readonly random: Random;
  private readonly isSeeding: boolean;
  slots: number;
  uplink = 100_000;
  torrent = { size: 25_600_000, pieceLength: 256_000, pieceCount: 100 };

  constructor(
    choker: Choker,
    slots: number,
    { isSeeding = false, random = randomOf("script") } = {},
  ) {
    this.choker = choker;
    this.slots = slots;
    this.isSeeding = isSeeding;
    this.random = random;
  }

  /** Each peer joins at the end of a reference client's list when `random` is not given. */
  join(peers: readonly FakeNeighbour[], random: Random = fixedRandom(0.999_999)): void {
    for (const peer of peers) {
      this.neighbours.push(peer);
      this.choker.joined?.(peer, random);
    }
  }

  leave(peer: FakeNeighbour): void {
    this.neighbours.splice(this.neighbours.indexOf(peer), 1);
    this.choker.left?.(peer);
    if (!peer.amChoking && peer.peerInterested) this.event();
  }

  setInterest(peer: FakeNeighbour, isInterested: boolean): void {
    peer.peerInterested = isInterested;
    if (!peer.amChoking) this.event();
  }

  /** The rechoke timer: returns the numbers of the unchoked, sorted. */
  timer(): number[] {
    this.round++;
    this.time += 10_000;
    return this.choose("timer");
  }

  /** A change between two rounds: returns the numbers of the unchoked, sorted. */
  event(): number[] {
    return this.choose("event");
  }

  /** A block goes out to `peer`, which we hear of if we asked for it. */
  send(peer: FakeNeighbour, bytes: number): void {
    peer.uploaded += bytes;
    if (this.choker.sent?.(peer, bytes)) this.event();
  }

  /** A block of `peer` comes in. */
  receive(peer: FakeNeighbour, bytes: number): void {
    peer.downloaded += bytes;
    if (this.choker.received?.(peer, bytes)) this.event();
  }

  /**
   * The uplink sends `blocks` blocks of as many bytes, each to whom the choker names of `waiting`, which have requests for ever.
   * Returns the numbers of those served, one for each block.
   */
  serve(waiting: readonly FakeNeighbour[], blocks: number, bytes = 16_384): number[] {
    const queue = [...waiting];
    const served: number[] = [];
    for (let block = 0; block < blocks; block++) {
      const turn = { time: this.time, waiting: queue, random: this.random };
      const peer = this.choker.serve?.(turn) as FakeNeighbour | undefined;
      if (peer === undefined) break;
      served.push(peer.number);
      queue.splice(queue.indexOf(peer), 1);
      queue.push(peer);
      this.send(peer, bytes);
    }
    return served;
  }

  get unchoked(): number[] {
    const numbers = this.neighbours.filter((peer) => !peer.amChoking).map((peer) => peer.number);
    return numbers.sort((a, b) => a - b);
  }

  chosenAs(kind: string): number[] {
    return this.chosen.filter((entry) => entry.kind === kind).map((entry) => entry.peer.number);
  }

  /** Why it chose each peer, or did not, in its own words: by number. */
  get reasons(): Record<number, string | undefined> {
    const { last, choker } = this;
    if (last === undefined) return {};
    return Object.fromEntries(
      this.neighbours.map((peer) => {
        const entry = this.chosen.find((one) => one.peer === peer);
        return [peer.number, entry === undefined ? choker.whyChoked?.(peer, last) : entry.reason];
      }),
    );
  }

  private choose(trigger: ChokeRound["trigger"]): number[] {
    this.last = {
      round: this.round,
      trigger,
      time: this.time,
      slots: this.slots,
      uplink: this.uplink,
      isSeeding: this.isSeeding,
      torrent: this.torrent,
      neighbours: this.neighbours,
      candidates: this.neighbours.filter((peer) => peer.peerInterested),
      random: this.random,
      isExplained: this.isExplained,
    };
    this.chosen = this.choker.choose(this.last);
    const peers = new Set(this.chosen.map((entry) => entry.peer));
    for (const peer of this.neighbours) peer.amChoking = !peers.has(peer);
    return this.unchoked;
  }
}

/** `count` neighbours numbered from 1. */
export function neighbours(
  count: number,
  fields: (number: number) => Partial<FakeNeighbour> = () => ({}),
): FakeNeighbour[] {
  return Array.from({ length: count }, (_, i) => neighbour(i + 1, fields(i + 1)));
}
