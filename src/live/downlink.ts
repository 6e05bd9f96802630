import type { BlockStore } from "./block-store.ts";
import { ByteBudget } from "./byte-budget.ts";
import type { Links } from "./links.ts";
import type { LiveClock } from "./live-clock.ts";

/**
 * Back-pressure: sockets are read only while the storage has room and the limit allows. What is not read stays in the
 * system's buffers, and so at the senders.
 */
export class Downlink {
  private readonly clock: LiveClock;
  private readonly store: BlockStore;
  private readonly links: Links;
  private readonly budget: ByteBudget;
  private readonly wakeAt: (at: number) => void;
  private isPaused = false;

  /** `rate` in bytes per second. `wakeAt` asks for a call of `review` at a time. */
  constructor(
    rate: number,
    clock: LiveClock,
    store: BlockStore,
    links: Links,
    wakeAt: (at: number) => void,
  ) {
    this.budget = new ByteBudget(rate);
    this.clock = clock;
    this.store = store;
    this.links = links;
    this.wakeAt = wakeAt;
  }

  /** So many bytes came in. */
  take(bytes: number): void {
    this.budget.take(bytes, this.clock.now);
  }

  /** Whether new links are to be read from. */
  get isOpen(): boolean {
    return !this.isPaused;
  }

  /** Looks whether sockets should be read, and sees to it. */
  review(): void {
    const isReady = this.budget.isReady(this.clock.now);
    const isPaused = !isReady || this.store.isFull;
    if (!isReady) this.wakeAt(this.budget.readyAt);
    if (isPaused === this.isPaused) return;
    this.isPaused = isPaused;
    for (const { socket } of this.links) {
      if (isPaused) socket.pause();
      else socket.resume();
    }
  }
}
