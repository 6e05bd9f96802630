import type { Client } from "../engine/client.ts";
import type { BlockStore } from "./block-store.ts";
import { ByteBudget } from "./byte-budget.ts";
import type { LiveClock } from "./live-clock.ts";
import type { PeerLink } from "./peer-link.ts";

/** Bytes of blocks that a link may have under way in this process: above the first it is held, below the second it goes on. */
const LINK_FULL = 524_288;
const LINK_EMPTY = 262_144;

/** Of all links together. */
const ALL_FULL = 8_388_608;

/** What an uplink needs of its session. */
export interface UplinkOwner {
  /** Pump again at `at` (ms). */
  pumpAt(at: number): void;
  /** Outside of any input: a link has a block to flush, or the storage could not read it. */
  loaded(link: PeerLink, error: unknown): void;
}

/** Takes blocks from the engine's upload queue as fast as links, limit and memory allow. Whose is next is the engine's choice. */
export class Uplink {
  private readonly clock: LiveClock;
  private readonly store: BlockStore;
  private readonly budget: ByteBudget;
  private readonly owner: UplinkOwner;
  private readonly blockBytes: (length: number) => number;
  private outstanding = 0;

  /** `rate` in bytes per second, of which a block takes `blockBytes`. */
  constructor(
    rate: number,
    clock: LiveClock,
    store: BlockStore,
    owner: UplinkOwner,
    blockBytes: (length: number) => number,
  ) {
    this.budget = new ByteBudget(rate);
    this.clock = clock;
    this.store = store;
    this.owner = owner;
    this.blockBytes = blockBytes;
  }

  pump(client: Client): void {
    const { budget, clock } = this;
    while (this.outstanding < ALL_FULL) {
      if (!budget.isReady(clock.now)) return this.owner.pumpAt(budget.readyAt);
      if (client.sendBlock()) continue;
      const readyAt = client.arenas.uploads.readyAt(client.row);
      if (readyAt < Number.POSITIVE_INFINITY) this.owner.pumpAt(readyAt);
      return;
    }
  }

  /** The engine chose a block for `link`. */
  send(client: Client, link: PeerLink, piece: number, begin: number, length: number): void {
    this.budget.take(this.blockBytes(length), this.clock.now);
    const departsAt = this.budget.readyAt;
    this.outstanding += length;
    link.outstanding += length;
    if (link.outstanding >= LINK_FULL) client.arenas.uploads.hold(client.row, link.handle);
    const bytes = this.store.cached(piece, begin, length);
    if (bytes !== undefined) return link.sendBlock(piece, begin, bytes, departsAt);
    this.store.load(piece, begin, length).then(
      (loaded) => {
        if (link.isClosed) return this.store.release(loaded);
        link.sendBlock(piece, begin, loaded, departsAt);
        this.owner.loaded(link, undefined);
      },
      (error: unknown) => this.owner.loaded(link, error),
    );
  }

  /** Blocks are out of our hands. */
  release(blocks: readonly Uint8Array[]): void {
    for (const block of blocks) this.store.release(block);
  }

  /** The system took these blocks. */
  drained(client: Client, link: PeerLink, blocks: readonly Uint8Array[]): void {
    if (link.isClosed) return;
    let bytes = 0;
    for (const { length } of blocks) bytes += length;
    this.outstanding -= bytes;
    link.outstanding -= bytes;
    if (link.outstanding < LINK_EMPTY) client.arenas.uploads.resume(client.row, link.handle);
  }

  /** What was under way on a link that is gone. */
  forget(link: PeerLink): void {
    this.outstanding -= link.outstanding;
    link.outstanding = 0;
  }
}
