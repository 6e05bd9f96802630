import type { Clock } from "../core/clock.ts";
import { growInt32 } from "../core/grow.ts";
import type { SlotKind } from "../engine/choker.ts";
import type { CloseReason, Observer } from "../engine/observer.ts";
import { Digest } from "./digest.ts";
import { code } from "./trace-codes.ts";

const slotKinds: readonly SlotKind[] = ["regular", "optimistic", "seed"];

/** Counts what happens and folds every trace event into the digest; hands each on to `next` when there is one. */
export class Recorder implements Observer {
  readonly digest = new Digest();
  /** Blocks that came and were needed. */
  blocks = 0;
  /** Bytes of blocks received and sent, by peer class, since the start. */
  readonly received: Float64Array;
  readonly sent: Float64Array;
  /** Copies of each piece in the swarm. */
  readonly copies: Int32Array;
  /** Pieces that peers completed, by class. */
  readonly pieces: Float64Array;
  private readonly clock: Clock;
  /** By peer, an index below the number of classes. */
  private classes = new Int32Array(0);
  /** Only where the next one wants it: it costs something. */
  readonly rechoked?: NonNullable<Observer["rechoked"]>;
  private readonly next: Observer | undefined;

  constructor(clock: Clock, classCount: number, pieceCount: number, next?: Observer) {
    this.clock = clock;
    this.pieces = new Float64Array(classCount);
    this.next = next;
    if (next?.rechoked !== undefined) {
      this.rechoked = (client, report) => next.rechoked?.(client, report);
    }
    this.received = new Float64Array(classCount);
    this.sent = new Float64Array(classCount);
    this.copies = new Int32Array(pieceCount);
  }

  connected(client: number, remote: number): void {
    this.digest.add(this.clock.now, code.connected, client, remote, 0);
    this.next?.connected(client, remote);
  }

  refused(client: number, remote: number, reason: CloseReason): void {
    this.digest.add(this.clock.now, code.refused, client, remote, 0);
    this.next?.refused(client, remote, reason);
  }

  disconnected(client: number, remote: number, reason: CloseReason): void {
    this.digest.add(this.clock.now, code.disconnected, client, remote, 0);
    this.next?.disconnected(client, remote, reason);
  }

  interested(client: number, remote: number, isInterested: boolean): void {
    this.digest.add(this.clock.now, code.interested, client, remote, isInterested ? 1 : 0);
    this.next?.interested(client, remote, isInterested);
  }

  unchoked(client: number, remote: number, kind: SlotKind): void {
    this.digest.add(this.clock.now, code.unchoked, client, remote, slotKinds.indexOf(kind));
    this.next?.unchoked(client, remote, kind);
  }

  choked(client: number, remote: number): void {
    this.digest.add(this.clock.now, code.choked, client, remote, 0);
    this.next?.choked(client, remote);
  }

  snubbed(client: number, remote: number): void {
    this.digest.add(this.clock.now, code.snubbed, client, remote, 0);
    this.next?.snubbed(client, remote);
  }

  blockSent(client: number, remote: number, piece: number, begin: number, length: number): void {
    const at = this.classes[client] as number;
    this.sent[at] = (this.sent[at] as number) + length;
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
    this.digest.add(
      this.clock.now,
      code.block,
      client,
      remote,
      Math.imul(piece, 4099) + (begin >>> 14),
    );
    const at = this.classes[client] as number;
    this.received[at] = (this.received[at] as number) + length;
    if (!isWasted) this.blocks++;
    this.next?.blockReceived(client, remote, piece, begin, length, isWasted);
  }

  pieceStarted(client: number, piece: number): void {
    this.digest.add(this.clock.now, code.pieceStarted, client, piece, 0);
    this.next?.pieceStarted(client, piece);
  }

  pieceCompleted(client: number, piece: number): void {
    this.digest.add(this.clock.now, code.pieceCompleted, client, piece, 0);
    this.copies[piece] = (this.copies[piece] as number) + 1;
    const at = this.classes[client] as number;
    this.pieces[at] = (this.pieces[at] as number) + 1;
    this.next?.pieceCompleted(client, piece);
  }

  pieceFailed(client: number, piece: number): void {
    this.digest.add(this.clock.now, code.pieceFailed, client, piece, 0);
    this.next?.pieceFailed(client, piece);
  }

  banned(client: number, remote: number): void {
    this.digest.add(this.clock.now, code.banned, client, remote, 0);
    this.next?.banned(client, remote);
  }

  endgame(client: number): void {
    this.digest.add(this.clock.now, code.endgame, client, 0, 0);
    this.next?.endgame(client);
  }

  completed(client: number): void {
    this.digest.add(this.clock.now, code.completed, client, 0, 0);
    this.next?.completed(client);
  }

  announced(client: number, event: string, wanted: number): void {
    this.digest.add(this.clock.now, code.announced, client, wanted, event.length);
    this.next?.announced(client, event, wanted);
  }

  /** A peer joined or left the swarm; `pieces` are those that it has then. */
  came(peer: number, classIndex: number, className: string, pieces: Iterable<number>): void {
    this.classes = growInt32(this.classes, peer + 1);
    this.classes[peer] = classIndex;
    this.next?.arrived?.(peer, className);
    this.digest.add(this.clock.now, code.arrived, peer, 0, 0);
    for (const piece of pieces) this.copies[piece] = (this.copies[piece] as number) + 1;
  }

  went(peer: number, isCrash: boolean, pieces: Iterable<number>): void {
    this.next?.left?.(peer, isCrash);
    this.digest.add(this.clock.now, code.left, peer, 0, 0);
    for (const piece of pieces) this.copies[piece] = (this.copies[piece] as number) - 1;
  }
}
