import { BLOCK_SIZE } from "../core/geometry.ts";
import type { Client } from "./client.ts";
import type { Connection } from "./connection.ts";

/**
 * What peers asked of us, and whose turn it is. The driver calls `send` when the uplink can take a block. Round robin over
 * the connections with requests is the equal split of the uplink; an allotment paces a connection instead.
 */
export class Uploads {
  /** When `send` may find something: now, later (all paced), or Infinity (nothing asked). */
  readyAt = Number.POSITIVE_INFINITY;
  private readonly client: Client;
  /** Unchoked connections with requests, in the order of service; `turn` is the next. */
  private readonly queue: Connection[] = [];
  private turn = 0;

  constructor(client: Client) {
    this.client = client;
  }

  requested(connection: Connection, piece: number, begin: number, length: number): void {
    const { client } = this;
    if (!this.isServable(piece, begin, length)) {
      client.close(connection, "protocol-error");
      return;
    }
    // BEP 3: choking means that requests are thrown away.
    if (connection.amChoking) return;
    const list = 2 * connection.handle + 1;
    const waiting = client.requests.count(list);
    if (waiting >= client.settings.uploadQueueLimit) return;
    client.requests.push(list, piece, begin, length);
    if (waiting > 0) return;
    this.queue.push(connection);
    this.readyAt = 0;
  }

  cancelled(connection: Connection, piece: number, begin: number, _length: number): void {
    const list = 2 * connection.handle + 1;
    const { requests } = this.client;
    if (requests.remove(list, piece, begin) && requests.count(list) === 0) this.leave(connection);
  }

  /** We choke the connection, or it closed. */
  drop(connection: Connection): void {
    const list = 2 * connection.handle + 1;
    if (this.client.requests.count(list) === 0) return;
    this.client.requests.clear(list);
    this.leave(connection);
  }

  /** Sends the next block; false when there is none to send now (see `readyAt`). */
  send(): boolean {
    const connection = this.next();
    if (connection === undefined) return false;
    const { client } = this;
    const { requests, clock } = client;
    const list = 2 * connection.handle + 1;
    requests.shift(list);
    const { a: piece, b: begin, c: length } = requests;
    if (requests.count(list) === 0) this.leave(connection);
    else this.turn++;
    if (connection.allotment > 0) {
      const start = Math.max(connection.paceReadyAt, clock.now - BURST);
      connection.paceReadyAt = start + (length * 1000) / connection.allotment;
    }
    client.meters.add(list, length, clock.now, client.settings.rateWindow);
    client.uploaded += length;
    client.cells.speak(connection.handle);
    client.observer.blockSent(client.number, connection.remote, piece, begin, length);
    connection.out.piece(piece, begin, client.storage.block(piece, begin, length));
    return true;
  }

  private next(): Connection | undefined {
    const { queue } = this;
    const { now } = this.client.clock;
    let soonest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < queue.length; i++) {
      if (this.turn >= queue.length) this.turn = 0;
      const connection = queue[this.turn] as Connection;
      if (connection.allotment === 0 || connection.paceReadyAt <= now) return connection;
      if (connection.paceReadyAt < soonest) soonest = connection.paceReadyAt;
      this.turn++;
    }
    this.readyAt = soonest;
    return undefined;
  }

  private leave(connection: Connection): void {
    const at = this.queue.indexOf(connection);
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
