import type { Clock } from "../core/clock.ts";
import type { Storage } from "../engine/host.ts";
import type { EventQueue } from "./event-queue.ts";
import * as kind from "./kinds.ts";

/** The storage of all simulated peers: it keeps no bytes, and knows which pieces have a corrupt block among theirs. */
export class SimStorage implements Storage {
  /** Whether the block that comes in now is corrupt. */
  isSpoiling = false;
  private readonly queue: EventQueue;
  private readonly clock: Clock;
  /** By client: corrupt pieces that are not verified yet. */
  private readonly corrupt = new Map<number, Set<number>>();

  constructor(queue: EventQueue, clock: Clock) {
    this.queue = queue;
    this.clock = clock;
  }

  write(client: number, piece: number): void {
    if (!this.isSpoiling) return;
    const pieces = this.corrupt.get(client) ?? new Set();
    this.corrupt.set(client, pieces.add(piece));
  }

  verify(client: number, piece: number): void {
    const isWrong = this.corrupt.size > 0 && this.corrupt.get(client)?.delete(piece) === true;
    this.queue.push(this.clock.now, kind.VERIFIED, 0, 0, client, isWrong ? ~piece : piece);
  }

  /** The peer left. */
  forget(client: number): void {
    this.corrupt.delete(client);
  }
}
