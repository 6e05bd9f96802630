import { BLOCK_SIZE } from "../core/geometry.ts";
import type { Client } from "./client.ts";

/**
 * What peers asked of us, and whose turn it is. The driver calls `send` when the uplink can take a block. Round robin over
 * the connections with requests is the equal split of the uplink; an allotment paces a connection instead.
 */
export class Uploads {
  /** When `send` may find something: now, later (all paced), or Infinity (nothing asked). */
  readyAt = Number.POSITIVE_INFINITY;
  private readonly client: Client;
  /** Handles of unchoked connections with requests, in the order of service; `turn` is the next. */
  private readonly queue: number[] = [];
  private turn = 0;

  constructor(client: Client) {
    this.client = client;
  }

  requested(handle: number, piece: number, begin: number, length: number): void {
    const { client } = this;
    client.cells.hear(handle);
    if (!this.isServable(piece, begin, length)) {
      client.close(client.connectionOf(handle), "protocol-error");
      return;
    }
    // BEP 3: choking means that requests are thrown away.
    if (client.cells.amChoking(handle)) return;
    const list = 2 * handle + 1;
    const waiting = client.requests.count(list);
    if (waiting >= client.settings.uploadQueueLimit) return;
    client.requests.push(list, piece, begin, length);
    if (waiting > 0) return;
    this.queue.push(handle);
    this.readyAt = 0;
  }

  cancelled(handle: number, piece: number, begin: number, _length: number): void {
    const list = 2 * handle + 1;
    const { requests } = this.client;
    if (requests.remove(list, piece, begin) && requests.count(list) === 0) this.leave(handle);
  }

  /** We choke the connection, or it closed. */
  drop(handle: number): void {
    const list = 2 * handle + 1;
    if (this.client.requests.count(list) === 0) return;
    this.client.requests.clear(list);
    this.leave(handle);
  }

  /** Sends the next block; false when there is none to send now (see `readyAt`). */
  send(): boolean {
    const handle = this.next();
    if (handle < 0) return false;
    const { client } = this;
    const { requests, clock, cells } = client;
    const list = 2 * handle + 1;
    requests.shift(list);
    const { a: piece, b: begin, c: length } = requests;
    if (requests.count(list) === 0) this.leave(handle);
    else this.turn++;
    if (cells.isPaced(handle)) this.pace(handle, length);
    client.meters.add(list, length, clock.now, client.settings.rateWindow);
    client.uploaded += length;
    cells.speak(handle);
    client.observer.blockSent(client.number, cells.remote(handle), piece, begin, length);
    client.out.piece(handle, piece, begin, client.storage.block(piece, begin, length));
    return true;
  }

  /** Handle of the next to be served, or -1. */
  private next(): number {
    const { queue, client } = this;
    let soonest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < queue.length; i++) {
      if (this.turn >= queue.length) this.turn = 0;
      const handle = queue[this.turn] as number;
      if (!client.cells.isPaced(handle)) return handle;
      const { paceReadyAt } = client.connectionOf(handle);
      if (paceReadyAt <= client.clock.now) return handle;
      if (paceReadyAt < soonest) soonest = paceReadyAt;
      this.turn++;
    }
    this.readyAt = soonest;
    return -1;
  }

  private pace(handle: number, length: number): void {
    const connection = this.client.connectionOf(handle);
    const start = Math.max(connection.paceReadyAt, this.client.clock.now - BURST);
    connection.paceReadyAt = start + (length * 1000) / connection.allotment;
  }

  private leave(handle: number): void {
    const at = this.queue.indexOf(handle);
    if (at < 0) return;
    this.queue.splice(at, 1);
    if (at < this.turn) this.turn--;
  }

  private isServable(piece: number, begin: number, length: number): boolean {
    const { geometry, pieces, settings } = this.client;
    if (!(piece >= 0 && piece < geometry.pieceCount) || !pieces.isOwn(piece)) return false;
    if (!(begin >= 0) || !(length > 0) || length > settings.maxRequestLength) return false;
    return begin + length <= geometry.lengthOfPiece(piece);
  }
}

/** A paced connection may save up this much time (ms) while the uplink serves others: ours, two 16 KiB blocks at 1 Mbit/s. */
const BURST = (2 * BLOCK_SIZE * 8 * 1000) / 1_000_000;
