import { BLOCK_SIZE } from "../core/geometry.ts";
import type { Arenas } from "./arenas.ts";
import type { Client } from "./client.ts";
import type { Connection } from "./connection.ts";
import { UploadTurns } from "./upload-turns.ts";

/**
 * What peers asked of clients, and whose turn it is; `client` is a client's row. The driver calls `send` when an uplink can
 * take a block. Round robin over the connections with requests is the equal split of the uplink; an allotment paces a
 * connection instead.
 */
export class Uploads {
  private readonly arenas: Arenas;
  private readonly turns: UploadTurns;
  /** Those with requests, for a choker that names whom to serve; reused. */
  private readonly waiting: Connection[] = [];

  constructor(arenas: Arenas) {
    this.arenas = arenas;
    this.turns = new UploadTurns(arenas.rows, arenas.clientRows);
  }

  /** When `send` may find something: now, later (all are paced), or Infinity (nothing is asked). */
  readyAt(client: number): number {
    return this.arenas.clientRows.readyAt(client);
  }

  /** BEP 3 `request`. */
  requested(client: number, handle: number, piece: number, begin: number, length: number): void {
    const { cells, requests, clientRows, clients } = this.arenas;
    cells.hear(handle);
    if (!this.isServable(client, piece, begin, length)) {
      const { connections } = this.arenas;
      (clients[client] as Client).close(connections[handle], "protocol-error");
      return;
    }
    const list = 2 * handle + 1;
    const waiting = requests.count(list);
    // BEP 3: choking means that requests are thrown away.
    const isRefused =
      cells.amChoking(handle) ||
      (waiting > 0 && waiting >= (clients[client] as Client).settings.uploadQueueLimit);
    if (isRefused) return this.reject(handle, piece, begin, length);
    if (waiting === 0 && !cells.isHeld(handle)) {
      this.turns.join(client, handle);
      clientRows.setReadyAt(client, 0);
    }
    requests.push(list, piece, begin, length);
  }

  /** BEP 3 `cancel`. */
  cancelled(client: number, handle: number, piece: number, begin: number): void {
    const list = 2 * handle + 1;
    const { requests } = this.arenas;
    if (!requests.remove(list, piece, begin)) return;
    if (requests.count(list) === 0) this.leave(client, handle);
    this.reject(handle, piece, begin, requests.c); // BEP 6: a cancelled request is answered too
  }

  /** We choke the connection, or it closed. */
  drop(client: number, handle: number): void {
    const list = 2 * handle + 1;
    const { requests } = this.arenas;
    if (requests.count(list) === 0) return;
    requests.clear(list);
    this.leave(client, handle);
  }

  /** BEP 6: who chokes rejects what waits, where both sides offer that. Before `drop`. */
  rejectAll(handle: number): void {
    const { requests, connections } = this.arenas;
    if (connections[handle]?.isFast !== true) return;
    requests.forEach(2 * handle + 1, (piece, begin, length) => {
      this.reject(handle, piece, begin, length);
    });
  }

  /** The link to the connection is full: its requests wait, and it is nobody's turn. */
  hold(client: number, handle: number): void {
    const { cells, requests } = this.arenas;
    if (cells.isHeld(handle)) return;
    cells.setHeld(handle, true);
    if (requests.count(2 * handle + 1) > 0) this.turns.leave(client, handle);
  }

  /** The link takes more: it is the last in the queue. */
  resume(client: number, handle: number): void {
    const { cells, requests, clientRows } = this.arenas;
    if (!cells.isHeld(handle)) return;
    cells.setHeld(handle, false);
    if (requests.count(2 * handle + 1) === 0) return;
    this.turns.join(client, handle);
    clientRows.setReadyAt(client, 0);
  }

  /** Sends the next block; false when there is none to send now (see `readyAt`). */
  send(client: number): boolean {
    const handle = this.next(client);
    if (handle < 0) return false;
    const { requests, cells, meters, clientRows, clients } = this.arenas;
    const list = 2 * handle + 1;
    requests.shift(list);
    const { a: piece, b: begin, c: length } = requests;
    const isPaced = cells.isPaced(handle);
    if (requests.count(list) === 0) this.turns.leave(client, handle);
    else this.turns.pass(client, handle);
    if (isPaced) this.pace(client, handle, length);
    const { clock, settings, observer, number, out } = clients[client] as Client;
    meters.add(list, length, clock.now, settings.rateWindow);
    clientRows.addUploaded(client, length);
    cells.speak(handle);
    observer.blockSent(number, cells.remote(handle), piece, begin, length);
    out.piece(handle, piece, begin, length);
    if (cells.isWatched(handle)) this.tell(handle, piece, length);
    return true;
  }

  /** Tells strategies that want to know of a block that left. */
  private tell(handle: number, piece: number, length: number): void {
    const connection = this.arenas.connections[handle] as Connection;
    const { rechoke, reveals } = connection.client;
    rechoke.sent(handle, length);
    reveals?.sent(connection, piece, length);
  }

  /** Handle of the next to be served, or -1. */
  private next(client: number): number {
    const { turns } = this;
    const { cells } = this.arenas;
    const first = turns.current(client);
    if (first >= 0 && !cells.isPaced(first)) return first;
    return this.nextPaced(client, first);
  }

  /** As `next`, when the choker names whom to serve. */
  private nextServed(client: number): number {
    const { turns, waiting, arenas } = this;
    const { connections, clientRows, clients } = arenas;
    waiting.length = 0;
    for (let handle = turns.first(client); handle >= 0; handle = turns.after(handle)) {
      waiting.push(connections[handle] as Connection);
    }
    const chosen = waiting.length > 0 ? (clients[client] as Client).rechoke.serve(waiting) : -1;
    clientRows.setReadyAt(client, chosen < 0 ? Number.POSITIVE_INFINITY : 0);
    return chosen;
  }

  /** As `next`, from `first` on: once round the queue, for somebody whose pace allows it. */
  private nextPaced(client: number, first: number): number {
    const { turns, arenas } = this;
    const { cells, clientRows, connections, clients } = arenas;
    if (first < 0) {
      clientRows.setReadyAt(client, Number.POSITIVE_INFINITY);
      return -1;
    }
    const { rechoke, clock } = clients[client] as Client;
    if (rechoke.isServing) return this.nextServed(client);
    let soonest = Number.POSITIVE_INFINITY;
    let next = -1;
    let handle = first;
    do {
      if (!cells.isPaced(handle)) return handle;
      const dueAt = rechoke.dueAt(connections[handle] as Connection);
      if (dueAt <= clock.now) return handle;
      if (dueAt < soonest) {
        soonest = dueAt;
        next = handle;
      }
      turns.pass(client, handle);
      handle = turns.current(client);
    } while (handle !== first);
    if (rechoke.takeSpare(soonest)) {
      turns.turnTo(client, next);
      return next;
    }
    clientRows.setReadyAt(client, soonest);
    return -1;
  }

  private pace(client: number, handle: number, length: number): void {
    const connection = this.arenas.connections[handle];
    if (connection === undefined) return;
    const { settings, rechoke } = connection.client;
    if (rechoke.isServing) {
      // Who was served goes to the end of the queue: the first is who has waited longest.
      if (this.arenas.requests.count(2 * handle + 1) > 0) this.turns.requeue(client, handle);
      return;
    }
    if (connection.allotment === 0) return;
    const start = Math.max(connection.paceReadyAt, rechoke.paceTime - settings.paceBurst);
    connection.paceReadyAt = start + (length * 1000) / connection.allotment;
  }

  private leave(client: number, handle: number): void {
    if (!this.arenas.cells.isHeld(handle)) this.turns.leave(client, handle);
  }

  private reject(handle: number, piece: number, begin: number, length: number): void {
    const connection = this.arenas.connections[handle];
    if (connection?.isFast !== true) return;
    connection.client.out.rejectRequest?.(handle, piece, begin, length);
  }

  private isServable(client: number, piece: number, begin: number, length: number): boolean {
    const { geometry, pieceCounts, clients } = this.arenas;
    if (!(piece >= 0 && piece < geometry.pieceCount)) return false;
    if (!pieceCounts.isOwn(client, piece) || !(begin >= 0) || !(length > 0)) return false;
    if (begin + length > geometry.lengthOfPiece(piece)) return false;
    return length <= BLOCK_SIZE || length <= (clients[client] as Client).settings.maxRequestLength;
  }
}
