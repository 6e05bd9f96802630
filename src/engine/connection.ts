import type { Bitfield } from "../core/bitfield.ts";
import type { Block, Handshake, PeerMessages } from "../wire/messages.ts";
import type { Neighbour, SlotKind } from "./choker.ts";
import type { Client } from "./client.ts";

/**
 * A client's state about one remote peer, and the receiving side of BEP 3: each message of the remote peer is a call. What
 * goes out is a call on `out`. Numbers that change with every block live in the arenas, under `slot`.
 */
export class Connection implements PeerMessages, Neighbour {
  /** Unique among all connections of the driver. */
  readonly number: number;
  readonly slot: number;
  readonly client: Client;
  readonly out: PeerMessages;
  amChoking = true;
  amInterested = false;
  peerChoking = true;
  peerInterested = false;
  /** Handshake done, not closed. */
  isOpen = false;
  isClosed = false;
  /** It said something, we said something, since the last sweep. */
  heard = true;
  spoke = true;
  /** Nothing was left to ask for when requests were last sent. */
  isStarved = false;
  /** Pieces that it has and we lack. */
  wanted = 0;
  /** Pieces that it has. */
  pieces = 0;
  /** The partial piece that it works on, or -1. */
  currentRow = -1;
  /** Blocks since it last unchoked us. */
  blocksThisTurn = 0;
  /** When its last block came (whole ms), or -1. */
  lastBlockAt = -1;
  /** Since when we have waited for a block of it (whole ms), and whether we gave up on what it owed. */
  waitingSince = 0;
  isStalled = false;
  /** Silent sweeps in a row, of it and of us. */
  silentSweeps = 0;
  mutedSweeps = 0;
  /** Mark of the rechoke that last chose it, and as what. */
  chosenMark = 0;
  slotKind: SlotKind = "regular";
  /** Pace in bytes per second that the choker gave it, 0 for an equal share; and when its next block may go. */
  allotment = 0;
  paceReadyAt = 0;
  /** The driver's number for the remote peer, -1 while unknown. */
  readonly remote: number;
  readonly isOutgoing: boolean;
  readonly connectedAt: number;
  peer: Handshake | undefined = undefined;
  private isFirstMessage = true;

  constructor(
    client: Client,
    number: number,
    slot: number,
    remote: number,
    isOutgoing: boolean,
    out: PeerMessages,
  ) {
    this.client = client;
    this.number = number;
    this.slot = slot;
    this.remote = remote;
    this.isOutgoing = isOutgoing;
    this.out = out;
    this.connectedAt = client.clock.now;
  }

  // What the remote peer says

  handshake(handshake: Handshake): void {
    this.heard = true;
    this.client.peers.shaken(this, handshake);
  }

  keepAlive(): void {
    this.heard = true;
  }

  choke(): void {
    this.heard = true;
    this.isFirstMessage = false;
    if (this.peerChoking) return;
    this.peerChoking = true;
    this.blocksThisTurn = 0;
    this.client.downloads.abandon(this);
  }

  unchoke(): void {
    this.heard = true;
    this.isFirstMessage = false;
    if (!this.peerChoking) return;
    this.peerChoking = false;
    this.waitingSince = Math.floor(this.client.clock.now);
    this.isStalled = false;
    this.client.downloads.fill(this);
  }

  interested(): void {
    this.heard = true;
    this.isFirstMessage = false;
    if (this.peerInterested) return;
    this.peerInterested = true;
    this.client.rechoke.interestChanged(this);
  }

  notInterested(): void {
    this.heard = true;
    this.isFirstMessage = false;
    if (!this.peerInterested) return;
    this.peerInterested = false;
    this.client.rechoke.interestChanged(this);
  }

  have(piece: number): void {
    this.heard = true;
    this.isFirstMessage = false;
    this.client.pieces.remoteHas(this, piece);
  }

  bitfield(pieces: Bitfield): void {
    this.heard = true;
    if (!this.isFirstMessage) {
      this.client.close(this, "protocol-error"); // BEP 3: only as the first message
      return;
    }
    this.isFirstMessage = false;
    this.client.pieces.remoteHasAll(this, pieces);
  }

  request(piece: number, begin: number, length: number): void {
    this.heard = true;
    this.isFirstMessage = false;
    this.client.uploads.requested(this, piece, begin, length);
  }

  piece(piece: number, begin: number, block: Block): void {
    this.heard = true;
    this.isFirstMessage = false;
    this.client.downloads.received(this, piece, begin, block);
  }

  cancel(piece: number, begin: number, length: number): void {
    this.heard = true;
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

  get isSeeding(): boolean {
    return this.pieces === this.client.geometry.pieceCount;
  }

  get downloadRate(): number {
    const { meters, clock, settings } = this.client;
    return meters.rate(2 * this.slot, clock.now, settings.rateWindow);
  }

  get uploadRate(): number {
    const { meters, clock, settings } = this.client;
    return meters.rate(2 * this.slot + 1, clock.now, settings.rateWindow);
  }

  get downloaded(): number {
    return this.client.meters.total(2 * this.slot);
  }

  get uploaded(): number {
    return this.client.meters.total(2 * this.slot + 1);
  }

  get queuedRequests(): number {
    return this.client.requests.count(2 * this.slot + 1);
  }

  /** Requests that we sent and that are not answered. */
  get inFlight(): number {
    return this.client.requests.count(2 * this.slot);
  }
}
