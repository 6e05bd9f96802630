import type { Bitfield } from "../core/bitfield.ts";
import type { Block, Handshake, PeerMessages } from "../wire/messages.ts";
import type { Neighbour, SlotKind } from "./choker.ts";
import type { Client } from "./client.ts";
import type { ConnectionCells } from "./connection-cells.ts";

/**
 * A client's state about one remote peer, and the receiving side of BEP 3: each message of the remote peer is a call. What
 * goes out is a call on `out`. Numbers that change with every block live in the arenas, under `handle`.
 */
export class Connection implements PeerMessages, Neighbour {
  // The fields that every message touches come first: a connection is several cache lines.
  /** Unique among all connections of the driver. */
  readonly number: number;
  readonly client: Client;
  readonly handle: number;
  private readonly cells: ConnectionCells;
  peerChoking = true;
  amChoking = true;
  readonly out: PeerMessages;
  /** The partial piece that it works on, or -1. */
  currentRow = -1;
  /** Blocks since it last unchoked us. */
  blocksThisTurn = 0;
  /** When its last block came (whole ms), or -1. */
  lastBlockAt = -1;
  /** Since when we have waited for a block of it (whole ms), and whether we gave up on what it owed. */
  waitingSince = 0;
  isStalled = false;
  /** The driver's number for the remote peer, -1 while unknown. */
  readonly remote: number;
  /** Pace in bytes per second that the choker gave it, 0 for an equal share; and when its next block may go. */
  allotment = 0;
  paceReadyAt = 0;
  peerInterested = false;
  /** Handshake done, not closed. */
  isOpen = false;
  isClosed = false;
  private isFirstMessage = true;
  /** Silent sweeps in a row, of it and of us. */
  silentSweeps = 0;
  mutedSweeps = 0;
  /** Mark of the rechoke that last chose it, and as what. */
  chosenMark = 0;
  slotKind: SlotKind = "regular";
  readonly isOutgoing: boolean;
  readonly connectedAt: number;
  peer: Handshake | undefined = undefined;

  constructor(
    client: Client,
    number: number,
    handle: number,
    remote: number,
    isOutgoing: boolean,
    out: PeerMessages,
  ) {
    this.client = client;
    this.number = number;
    this.handle = handle;
    this.remote = remote;
    this.isOutgoing = isOutgoing;
    this.out = out;
    this.cells = client.arenas.cells;
    this.connectedAt = client.clock.now;
  }

  // What the remote peer says

  handshake(handshake: Handshake): void {
    this.cells.hear(this.handle);
    this.client.peers.shaken(this, handshake);
  }

  keepAlive(): void {
    this.cells.hear(this.handle);
  }

  choke(): void {
    this.cells.hear(this.handle);
    this.isFirstMessage = false;
    if (this.peerChoking) return;
    this.peerChoking = true;
    this.blocksThisTurn = 0;
    this.client.downloads.abandon(this);
  }

  unchoke(): void {
    this.cells.hear(this.handle);
    this.isFirstMessage = false;
    if (!this.peerChoking) return;
    this.peerChoking = false;
    this.waitingSince = Math.floor(this.client.clock.now);
    this.isStalled = false;
    this.client.downloads.fill(this);
  }

  interested(): void {
    this.cells.hear(this.handle);
    this.isFirstMessage = false;
    if (this.peerInterested) return;
    this.peerInterested = true;
    this.client.rechoke.interestChanged(this);
  }

  notInterested(): void {
    this.cells.hear(this.handle);
    this.isFirstMessage = false;
    if (!this.peerInterested) return;
    this.peerInterested = false;
    this.client.rechoke.interestChanged(this);
  }

  have(piece: number): void {
    this.cells.hear(this.handle);
    this.isFirstMessage = false;
    this.client.pieces.remoteHas(this.handle, piece);
  }

  bitfield(pieces: Bitfield): void {
    this.cells.hear(this.handle);
    if (!this.isFirstMessage) {
      this.client.close(this, "protocol-error"); // BEP 3: only as the first message
      return;
    }
    this.isFirstMessage = false;
    this.client.pieces.remoteHasAll(this, pieces);
  }

  request(piece: number, begin: number, length: number): void {
    this.cells.hear(this.handle);
    this.isFirstMessage = false;
    this.client.uploads.requested(this, piece, begin, length);
  }

  piece(piece: number, begin: number, block: Block): void {
    this.cells.hear(this.handle);
    this.isFirstMessage = false;
    this.client.downloads.received(this, piece, begin, block);
  }

  cancel(piece: number, begin: number, length: number): void {
    this.cells.hear(this.handle);
    this.isFirstMessage = false;
    this.client.uploads.cancelled(this, piece, begin, length);
  }

  // What a choker sees

  get isSnubbed(): boolean {
    return (
      this.lastBlockAt < 0 ||
      this.client.clock.now - this.lastBlockAt > this.client.settings.snubTime
    );
  }

  get amInterested(): boolean {
    return this.cells.isInterested(this.handle);
  }

  get pieces(): number {
    return this.cells.pieces(this.handle);
  }

  get isSeeding(): boolean {
    return this.pieces === this.client.geometry.pieceCount;
  }

  get downloadRate(): number {
    const { meters, clock, settings } = this.client;
    return meters.rate(2 * this.handle, clock.now, settings.rateWindow);
  }

  get uploadRate(): number {
    const { meters, clock, settings } = this.client;
    return meters.rate(2 * this.handle + 1, clock.now, settings.rateWindow);
  }

  get downloaded(): number {
    return this.client.meters.total(2 * this.handle);
  }

  get uploaded(): number {
    return this.client.meters.total(2 * this.handle + 1);
  }

  get queuedRequests(): number {
    return this.client.requests.count(2 * this.handle + 1);
  }

  /** Requests that we sent and that are not answered. */
  get inFlight(): number {
    return this.client.requests.count(2 * this.handle);
  }
}
