import { assert } from "../core/assert.ts";
import type { SlotKind } from "../engine/choker.ts";
import type { Client } from "../engine/client.ts";
import type { CloseReason, Observer } from "../engine/observer.ts";
import { checkClient } from "./client-invariants.ts";
import * as kind from "./kinds.ts";
import type { Swarm } from "./swarm.ts";

/**
 * Runs beside a simulation and stops it when something is wrong: nobody uploads to a peer that it chokes, nobody gets a
 * piece twice or from nowhere, every byte sent is received, lost or on its way, and the books of every client balance.
 */
export class Checker implements Observer {
  private readonly swarm: Swarm;
  /** Only where the next one wants it: it costs something. */
  readonly rechoked?: NonNullable<Observer["rechoked"]>;
  private readonly next: Observer | undefined;
  /** Whom each client unchokes, and which pieces it has completed. */
  private readonly unchokedPeers = new SetsByClient();
  private readonly completedPieces = new SetsByClient();
  private sent = 0;
  private received = 0;

  constructor(swarm: Swarm, next: Observer | undefined) {
    this.swarm = swarm;
    this.next = next;
    if (next?.rechoked !== undefined) {
      this.rechoked = (client, report) => next.rechoked?.(client, report);
    }
  }

  /** Looks at everything. `lostBytes` are those of blocks whose connection closed on their way. */
  sweep(lostBytes: number): void {
    for (const { client } of this.swarm.peers) {
      if (client !== undefined) checkClient(client);
    }
    const inFlight = this.sent - this.received - lostBytes;
    const pending = this.bytesOnTheWay();
    this.expect(
      inFlight === pending,
      `${this.sent} bytes sent are not ${this.received} received + ${lostBytes} lost + ${pending} on their way`,
    );
  }

  connected(client: number, remote: number): void {
    this.next?.connected(client, remote);
  }

  refused(client: number, remote: number, reason: CloseReason): void {
    this.next?.refused(client, remote, reason);
  }

  disconnected(client: number, remote: number, reason: CloseReason): void {
    this.unchokedPeers.delete(client, remote);
    this.next?.disconnected(client, remote, reason);
  }

  interested(client: number, remote: number, isInterested: boolean): void {
    this.next?.interested(client, remote, isInterested);
  }

  unchoked(client: number, remote: number, slot: SlotKind): void {
    this.unchokedPeers.add(client, remote);
    this.next?.unchoked(client, remote, slot);
  }

  choked(client: number, remote: number): void {
    this.unchokedPeers.delete(client, remote);
    this.next?.choked(client, remote);
  }

  snubbed(client: number, remote: number): void {
    this.next?.snubbed(client, remote);
  }

  blockSent(client: number, remote: number, piece: number, begin: number, length: number): void {
    const isUnchoked = this.unchokedPeers.has(client, remote);
    this.expect(isUnchoked, `peer ${client} sent a block to peer ${remote}, which it chokes`);
    const isHeld = this.clientOf(client)?.pieces.have.has(piece) === true;
    this.expect(isHeld, `peer ${client} sent a block of piece ${piece}, which it lacks`);
    this.sent += length;
    this.next?.blockSent(client, remote, piece, begin, length);
  }

  blockReceived(
    client: number,
    remote: number,
    piece: number,
    begin: number,
    length: number,
    isWasted: boolean,
  ): void {
    this.received += length;
    this.next?.blockReceived(client, remote, piece, begin, length, isWasted);
  }

  pieceStarted(client: number, piece: number): void {
    this.next?.pieceStarted(client, piece);
  }

  pieceCompleted(client: number, piece: number): void {
    const isNew = !this.completedPieces.has(client, piece);
    this.expect(isNew, `peer ${client} completed piece ${piece} twice`);
    this.completedPieces.add(client, piece);
    this.next?.pieceCompleted(client, piece);
  }

  pieceFailed(client: number, piece: number): void {
    this.next?.pieceFailed(client, piece);
  }

  banned(client: number, remote: number): void {
    this.next?.banned(client, remote);
  }

  endgame(client: number): void {
    this.next?.endgame(client);
  }

  completed(client: number): void {
    const isComplete = this.clientOf(client)?.pieces.have.isComplete === true;
    this.expect(isComplete, `peer ${client} says it completed and lacks pieces`);
    this.next?.completed(client);
  }

  announced(client: number, event: string, wanted: number): void {
    this.next?.announced(client, event, wanted);
  }

  arrived(client: number, className: string): void {
    this.next?.arrived?.(client, className);
  }

  left(client: number, isCrash: boolean): void {
    this.unchokedPeers.forget(client);
    this.completedPieces.forget(client);
    this.next?.left?.(client, isCrash);
  }

  private clientOf(peer: number): Client | undefined {
    return this.swarm.peers[peer]?.client;
  }

  private bytesOnTheWay(): number {
    const { queue, network } = this.swarm;
    let bytes = 0;
    queue.forEach((what, value) => {
      if (what === kind.BLOCK_ARRIVES) bytes += network.lengthOf(value);
    });
    network.downlinks.forEach((value) => {
      bytes += network.lengthOf(value);
    });
    return bytes;
  }

  private expect(condition: boolean, message: string): void {
    assert(condition, `invariant broken at ${this.swarm.clock.now} ms: ${message}`);
  }
}

/** A set of numbers for each client that has any. */
class SetsByClient {
  private readonly sets = new Map<number, Set<number>>();

  add(client: number, member: number): void {
    let set = this.sets.get(client);
    if (set === undefined) {
      set = new Set();
      this.sets.set(client, set);
    }
    set.add(member);
  }

  has(client: number, member: number): boolean {
    return this.sets.get(client)?.has(member) === true;
  }

  delete(client: number, member: number): void {
    this.sets.get(client)?.delete(member);
  }

  forget(client: number): void {
    this.sets.delete(client);
  }
}
