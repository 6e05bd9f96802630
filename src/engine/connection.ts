import { Bitfield } from "../core/bitfield.ts";
import type { Block, FastMessages, Handshake, PeerMessages } from "../wire/messages.ts";
import type { Neighbour, SlotKind } from "./choker.ts";
import type { Client } from "./client.ts";
import type { ConnectionCells } from "./connection-cells.ts";
import { markOf } from "./peer-id.ts";

/**
 * A client's state about one remote peer, and the receiving side of BEP 3: each message of the remote peer is a call. The
 * numbers that messages change lie in the arenas under `handle`; this object is for what is rare, and for strategies.
 */
export class Connection implements PeerMessages, FastMessages, Neighbour {
  readonly client: Client;
  /** Unique among the connections of this client. */
  readonly number: number;
  readonly handle: number;
  /** The driver's number for the remote peer, -1 while unknown. */
  remote: number;
  readonly isOutgoing: boolean;
  readonly connectedAt: number;
  peer: Handshake | undefined = undefined;
  peerInterested = false;
  /** Handshake done, not closed. */
  isOpen = false;
  /** Both sides offer BEP 6. */
  isFast = false;
  isClosed = false;
  /** Since when we have waited for a first block of it (whole ms): it unchoked us, or we gave up on what it owed. */
  waitingFrom = 0;
  /** Pace in bytes per second that the choker gave it, 0 for an equal share; and when (in `Rechoke.paceTime`) its next block may go. */
  allotment = 0;
  paceReadyAt = 0;
  /** Requests that we gave up and that may be answered still; and blocks beyond these that nobody asked it for. */
  owed = 0;
  unasked = 0;
  /** Silent sweeps in a row, of it and of us. */
  silentSweeps = 0;
  mutedSweeps = 0;
  /** Mark of the rechoke that last chose it, and as what. */
  chosenMark = 0;
  slotKind: SlotKind = "regular";
  private readonly cells: ConnectionCells;
  private isFirstMessage = true;

  constructor(client: Client, number: number, handle: number, remote: number, isOutgoing: boolean) {
    this.client = client;
    this.number = number;
    this.handle = handle;
    this.remote = remote;
    this.isOutgoing = isOutgoing;
    this.connectedAt = client.clock.now;
    this.cells = client.cells;
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
    this.hear();
    if (this.peerChoking) return;
    this.cells.setPeerChoking(this.handle, true);
    this.cells.endTurn(this.handle);
    this.client.downloads.abandon(this);
  }

  unchoke(): void {
    this.hear();
    if (!this.peerChoking) return;
    this.cells.setPeerChoking(this.handle, false);
    this.cells.setStalled(this.handle, false);
    this.cells.setRefusing(this.handle, false);
    this.waitingFrom = Math.floor(this.client.clock.now);
    this.client.downloads.fill(this.handle);
  }

  interested(): void {
    this.hear();
    if (this.peerInterested) return;
    this.peerInterested = true;
    this.client.rechoke.interestChanged(this);
  }

  notInterested(): void {
    this.hear();
    if (!this.peerInterested) return;
    this.peerInterested = false;
    this.client.rechoke.interestChanged(this);
    this.client.reveals?.lostInterest(this);
  }

  have(piece: number): void {
    this.isFirstMessage = false;
    this.client.pieces.remoteHas(this.handle, piece);
  }

  bitfield(pieces: Bitfield): void {
    this.cells.hear(this.handle);
    // Before its first message we may have guessed what it has of our pieces (see `Reveals`).
    const isLate = !this.isFirstMessage || this.pieces > 0;
    this.isFirstMessage = false;
    if (isLate) return this.hasMore(pieces);
    this.client.pieces.remoteHasAll(this, pieces);
  }

  /** BEP 3: a bitfield is the first message. aria2 sends one later in place of many haves. */
  private hasMore(pieces: Bitfield): void {
    for (let piece = pieces.next(0); piece >= 0; piece = pieces.next(piece + 1)) {
      if (this.isClosed) return;
      this.have(piece);
    }
  }

  request(piece: number, begin: number, length: number): void {
    this.isFirstMessage = false;
    const { arenas, row } = this.client;
    arenas.uploads.requested(row, this.handle, piece, begin, length);
  }

  piece(piece: number, begin: number, block: Block): void {
    this.isFirstMessage = false;
    this.client.downloads.received(this.handle, piece, begin, block);
  }

  cancel(piece: number, begin: number, _length: number): void {
    this.hear();
    const { arenas, row } = this.client;
    arenas.uploads.cancelled(row, this.handle, piece, begin);
  }

  // BEP 6

  haveAll(): void {
    const all = new Bitfield(this.client.geometry.pieceCount);
    all.setAll();
    this.bitfield(all);
  }

  haveNone(): void {
    this.bitfield(new Bitfield(this.client.geometry.pieceCount));
  }

  rejectRequest(piece: number, begin: number, _length: number): void {
    this.hear();
    this.client.downloads.rejected(this.handle, piece, begin);
  }

  /** A hint, which pickers of ours have no use for. */
  suggestPiece(_piece: number): void {
    this.hear();
  }

  /** It would serve the piece in spite of choking us; we never ask a peer that chokes us. */
  allowedFast(_piece: number): void {
    this.hear();
  }

  private hear(): void {
    this.isFirstMessage = false;
    this.cells.hear(this.handle);
  }

  // What a choker sees

  get amChoking(): boolean {
    return this.cells.amChoking(this.handle);
  }

  get peerChoking(): boolean {
    return this.cells.peerChoking(this.handle);
  }

  get isSnubbed(): boolean {
    const { clock, settings } = this.client;
    const last = this.cells.lastBlockAt(this.handle);
    return last < 0 || clock.now - last > settings.snubTime;
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

  get mark(): string {
    return markOf((this.peer as Handshake).peerId);
  }

  /** Requests that we sent and that are not answered. */
  get inFlight(): number {
    return this.client.requests.count(2 * this.handle);
  }
}
