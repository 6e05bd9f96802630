import type { BitRows } from "../core/bit-rows.ts";
import type { Clock } from "../core/clock.ts";
import type { Geometry } from "../core/geometry.ts";
import type { Handshake } from "../wire/messages.ts";
import type { Arenas } from "./arenas.ts";
import type { Choker } from "./choker.ts";
import type { Connection } from "./connection.ts";
import type { ConnectionCells } from "./connection-cells.ts";
import { Downloads } from "./downloads.ts";
import type { Address, Host, Storage } from "./host.ts";
import type { CloseReason, Observer } from "./observer.ts";
import type { Outgoing } from "./outgoing.ts";
import { Peers } from "./peers.ts";
import type { Picker } from "./picker.ts";
import { Pieces } from "./pieces.ts";
import type { RateMeters } from "./rate-meters.ts";
import { Rechoke } from "./rechoke.ts";
import type { RequestLists } from "./request-lists.ts";
import { Reveals } from "./reveals.ts";
import type { ClientSettings } from "./settings.ts";

/** What a client is made of. */
export interface ClientOptions {
  /** The driver's number for this peer, shown to the observer. */
  readonly number: number;
  readonly handshake: Handshake;
  readonly settings: ClientSettings;
  /** Uplink capacity in bytes per second, Infinity when unlimited. */
  readonly uplink: number;
  readonly arenas: Arenas;
  readonly host: Host;
  readonly observer: Observer;
  readonly choker: Choker;
  readonly seedChoker: Choker;
  readonly picker: Picker;
  /** Pieces that it has at the start. */
  readonly pieces: Iterable<number>;
}

/** One peer in one swarm. It does nothing by itself: the driver's inputs go to the parts, which answer through the host. */
export class Client {
  // What every block touches comes first: an object is several cache lines.
  readonly downloads: Downloads;
  readonly pieces: Pieces;
  readonly number: number;
  /** Row in the arenas. */
  readonly row: number;
  readonly arenas: Arenas;
  readonly settings: ClientSettings;
  readonly observer: Observer;
  readonly out: Outgoing;
  readonly clock: Clock;
  readonly storage: Storage;
  readonly handshake: Handshake;
  readonly uplink: number;
  readonly geometry: Geometry;
  readonly cells: ConnectionCells;
  readonly meters: RateMeters;
  readonly requests: RequestLists;
  readonly remotePieces: BitRows;
  readonly host: Host;
  readonly random: Host["random"];
  /** Every connection, and those with their handshake done; oldest first. */
  readonly connections: Connection[] = [];
  readonly open: Connection[] = [];
  /** Handles of `open`, in its order. */
  readonly openHandles: number[] = [];
  readonly rechoke: Rechoke;
  readonly peers: Peers;
  /** While our pieces are shown one by one; undefined: they are no secret. */
  reveals: Reveals | undefined = undefined;
  private readonly picker: Picker;
  private isRunning = false;

  constructor(options: ClientOptions) {
    this.number = options.number;
    this.handshake = options.handshake;
    this.settings = options.settings;
    this.uplink = options.uplink;
    this.arenas = options.arenas;
    this.geometry = options.arenas.geometry;
    this.cells = options.arenas.cells;
    this.meters = options.arenas.meters;
    this.requests = options.arenas.requests;
    this.remotePieces = options.arenas.remotePieces;
    this.host = options.host;
    this.out = options.host.out;
    this.clock = options.host.clock;
    this.random = options.host.random;
    this.storage = options.host.storage;
    this.observer = options.observer;
    this.row = this.arenas.openClient(this);
    this.pieces = new Pieces(this, options.pieces);
    this.downloads = new Downloads(this, options.picker);
    this.rechoke = new Rechoke(this, options.choker, options.seedChoker);
    this.peers = new Peers(this);
    this.picker = options.picker;
    if (this.isHiding) this.reveals = new Reveals(this, this.picker);
  }

  /** The peer joins the swarm. */
  start(): void {
    this.isRunning = true;
    this.peers.announce("started");
    this.host.wakeAt(this.clock.now + this.settings.rechokeInterval);
  }

  /** The wake-up that the client asked for. */
  timeout(): void {
    if (!this.isRunning) return;
    this.peers.sweep();
    this.rechoke.timer();
    this.reveals?.round();
    this.host.wakeAt(this.clock.now + this.settings.rechokeInterval);
  }

  /** The tracker answered. */
  announced(addresses: readonly Address[]): void {
    if (this.isRunning) this.peers.found(addresses);
  }

  /** The driver heard of peers from others than a tracker. */
  offered(addresses: readonly Address[]): void {
    if (this.isRunning) this.peers.offer(addresses);
  }

  /** A dial succeeded, or a peer dialled us. `remote` is the driver's number for it, -1 while unknown. */
  connected(number: number, handle: number, remote: Address, isOutgoing: boolean): Connection {
    return this.peers.connected(number, handle, remote, isOutgoing);
  }

  dialFailed(): void {
    this.peers.dialFailed();
  }

  /** The driver learned who is at the other end. Before the handshake is handed over: the observer hears of one peer alone. */
  identify(connection: Connection, remote: Address): void {
    connection.remote = remote;
    this.cells.setRemote(connection.handle, remote);
  }

  /** The remote side closed the connection, or the driver lost it. */
  disconnected(connection: Connection, reason: CloseReason = "remote"): void {
    if (connection.isClosed) return;
    this.remove(connection, reason);
    this.release(connection.handle);
  }

  /** We have the last piece, `piece`: from now on peers hear of it, and newcomers of all others, as the picker says. */
  becameSeeder(piece: number): void {
    if (this.reveals !== undefined || !this.isHiding) return;
    this.reveals = new Reveals(this, this.picker);
    this.reveals.begin(piece);
  }

  private get isHiding(): boolean {
    const { reveal, hidesOnlyAsSeeder } = this.picker;
    return reveal !== undefined && (hidesOnlyAsSeeder !== true || this.pieces.have.isComplete);
  }

  /** The storage's verdict on a piece. */
  pieceVerified(piece: number, isRight: boolean): void {
    if (this.isRunning) this.downloads.verified(piece, isRight);
  }

  /** The uplink can take a block: sends one, or returns false (see `uploads.readyAt`). */
  sendBlock(): boolean {
    return this.arenas.uploads.send(this.row);
  }

  /** Bytes of blocks so far, wasted ones included. */
  get downloaded(): number {
    return this.arenas.clientRows.downloaded(this.row);
  }

  get uploaded(): number {
    return this.arenas.clientRows.uploaded(this.row);
  }

  /** The peer leaves the swarm and says so. */
  stop(): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    this.peers.announce("stopped");
    for (let i = this.connections.length - 1; i >= 0; i--) {
      this.close(this.connections[i] as Connection, "leaving");
    }
  }

  /** We close a connection. */
  close(connection: Connection | undefined, reason: CloseReason): void {
    if (connection === undefined || connection.isClosed) return;
    this.remove(connection, reason);
    this.out.hangUp(connection.handle);
    this.release(connection.handle);
  }

  /** The last piece is verified. */
  completed(): void {
    this.observer.completed(this.number);
    this.peers.announce("completed");
    for (let i = this.open.length - 1; i >= 0; i--) {
      const connection = this.open[i] as Connection;
      if (connection.isSeeding) this.close(connection, "both-seeding");
    }
  }

  /** Gives back what it holds in the arenas; the client is not used again. */
  dispose(): void {
    this.isRunning = false;
    for (const { handle } of this.connections) {
      this.release(handle);
      this.requests.clear(2 * handle);
      this.requests.clear(2 * handle + 1);
    }
    this.downloads.choice.dispose();
    this.arenas.closeClient(this.row);
  }

  connectionOf(handle: number): Connection {
    return this.arenas.connections[handle] as Connection;
  }

  /** The row of a connection is no longer ours. */
  private release(handle: number): void {
    this.cells.close(handle);
    this.arenas.connections[handle] = undefined;
  }

  private remove(connection: Connection, reason: CloseReason): void {
    connection.isClosed = true;
    this.connections.splice(this.connections.indexOf(connection), 1);
    if (!connection.isOpen) {
      this.observer.refused(this.number, connection.remote, reason);
      return;
    }
    this.observer.disconnected(this.number, connection.remote, reason);
    connection.isOpen = false;
    const at = this.open.indexOf(connection);
    this.open.splice(at, 1);
    this.openHandles.splice(at, 1);
    this.pieces.forget(connection.handle);
    this.arenas.uploads.drop(this.row, connection.handle);
    this.downloads.abandon(connection);
    this.reveals?.forget(connection);
    if (!this.isRunning) return;
    this.rechoke.left(connection);
    this.peers.dialMore();
  }
}
