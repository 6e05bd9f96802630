import type { ClientRows } from "./client-rows.ts";
import { AFTER, BEFORE, type ConnectionRows, TRANSFER_INTS } from "./connection-rows.ts";

/**
 * The upload queue of each client (by its row): handles of unchoked connections with requests, in the order of service, and
 * whose turn it is. A list through the connections' rows; the turn moves on and comes back to the first after the last.
 */
export class UploadTurns {
  private readonly connections: ConnectionRows;
  private readonly clients: ClientRows;

  constructor(connections: ConnectionRows, clients: ClientRows) {
    this.connections = connections;
    this.clients = clients;
  }

  /** Handle whose turn it is, or -1 when the queue is empty. */
  current(client: number): number {
    const { clients } = this;
    const turn = clients.turn(client);
    if (turn >= 0) return turn;
    const head = clients.head(client);
    clients.setTurn(client, head);
    return head;
  }

  /** It is the turn of `handle`, out of order. */
  turnTo(client: number, handle: number): void {
    this.clients.setTurn(client, handle);
  }

  /** The turn of `handle`, which has it, is over. */
  pass(client: number, handle: number): void {
    this.clients.setTurn(client, this.after(handle));
  }

  /** `handle` is the last in the queue now. */
  join(client: number, handle: number): void {
    const { clients } = this;
    const { transferInts } = this.connections;
    const tail = clients.tail(client);
    transferInts[handle * TRANSFER_INTS + AFTER] = -1;
    transferInts[handle * TRANSFER_INTS + BEFORE] = tail;
    if (tail < 0) clients.setHead(client, handle);
    else transferInts[tail * TRANSFER_INTS + AFTER] = handle;
    clients.setTail(client, handle);
    // After the last had its turn: the new one is next, before the first comes again.
    if (clients.turn(client) < 0) clients.setTurn(client, handle);
  }

  /** Takes `handle` out; if it was its turn, it is that of the one after it. */
  leave(client: number, handle: number): void {
    const { clients } = this;
    const { transferInts } = this.connections;
    const after = this.after(handle);
    const before = transferInts[handle * TRANSFER_INTS + BEFORE] as number;
    if (before < 0) clients.setHead(client, after);
    else transferInts[before * TRANSFER_INTS + AFTER] = after;
    if (after < 0) clients.setTail(client, before);
    else transferInts[after * TRANSFER_INTS + BEFORE] = before;
    if (clients.turn(client) === handle) clients.setTurn(client, after);
  }

  /** `handle` goes to the end of the queue. */
  requeue(client: number, handle: number): void {
    this.leave(client, handle);
    this.join(client, handle);
  }

  /** The first in the queue, or -1. */
  first(client: number): number {
    return this.clients.head(client);
  }

  /** The next in the queue, or -1. */
  after(handle: number): number {
    return this.connections.transferInts[handle * TRANSFER_INTS + AFTER] as number;
  }
}
