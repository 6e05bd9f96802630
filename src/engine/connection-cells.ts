import {
  type ConnectionRows,
  CURRENT_PARTIAL,
  FLAGS,
  LAST_BLOCK_AT,
  NUMBER,
  PIECES,
  REMOTE,
  REQUEST_LIMIT,
  ROW_INTS,
  TRANSFER_INTS,
  WANTED,
} from "./connection-rows.ts";

const HEARD = 1;
const SPOKE = 2;
const INTERESTED = 4;
const STARVED = 8;
const AM_CHOKING = 16;
const PEER_CHOKING = 32;
const STALLED = 64;
const PACED = 128;
const WATCHED = 256;
const HELD = 512;
const REFUSING = 1024;
/** Bits 16 to 23 count blocks. */
const BLOCK = 1 << 16;
const BLOCKS = 0xff << 16;

/** More requests than any pipeline holds. */
const NO_LIMIT = 0x7fffffff;

/** The state of connections, by handle. */
export class ConnectionCells {
  private readonly rows: ConnectionRows;

  constructor(rows: ConnectionRows) {
    this.rows = rows;
  }

  /** `number` (above 0) is the connection's own; the handle is used again after `close`. */
  open(handle: number, number: number, remote: number): void {
    const { ints } = this.rows;
    const at = handle * ROW_INTS;
    ints[at + NUMBER] = number;
    ints[at + WANTED] = 0;
    ints[at + PIECES] = 0;
    ints[at + FLAGS] = HEARD | SPOKE | AM_CHOKING | PEER_CHOKING;
    ints[at + REMOTE] = remote;
    const { transferInts } = this.rows;
    transferInts[handle * TRANSFER_INTS + CURRENT_PARTIAL] = -1;
    transferInts[handle * TRANSFER_INTS + LAST_BLOCK_AT] = -1;
    transferInts[handle * TRANSFER_INTS + REQUEST_LIMIT] = NO_LIMIT;
  }

  close(handle: number): void {
    this.rows.ints[handle * ROW_INTS + NUMBER] = 0;
  }

  /** Number of the connection behind `handle`; 0 when there is none. */
  number(handle: number): number {
    return this.rows.ints[handle * ROW_INTS + NUMBER] as number;
  }

  /** The driver's number for the remote peer. */
  remote(handle: number): number {
    return this.rows.ints[handle * ROW_INTS + REMOTE] as number;
  }

  setRemote(handle: number, remote: number): void {
    this.rows.ints[handle * ROW_INTS + REMOTE] = remote;
  }

  /** Pieces that the remote peer has. */
  pieces(handle: number): number {
    return this.rows.ints[handle * ROW_INTS + PIECES] as number;
  }

  setPieces(handle: number, pieces: number): void {
    this.rows.ints[handle * ROW_INTS + PIECES] = pieces;
  }

  /** The remote peer said that it has one piece more; returns how many it has. */
  addPiece(handle: number): number {
    const { ints } = this.rows;
    const at = handle * ROW_INTS + PIECES;
    const pieces = (ints[at] as number) + 1;
    ints[at] = pieces;
    return pieces;
  }

  /** Pieces that the remote peer has and we lack. */
  wanted(handle: number): number {
    return this.rows.ints[handle * ROW_INTS + WANTED] as number;
  }

  setWanted(handle: number, wanted: number): void {
    this.rows.ints[handle * ROW_INTS + WANTED] = wanted;
  }

  /** One wanted piece more. Returns whether that changes nothing: we are interested already, and it has work. */
  want(handle: number): boolean {
    const { ints } = this.rows;
    const at = handle * ROW_INTS;
    ints[at + WANTED] = (ints[at + WANTED] as number) + 1;
    return ((ints[at + FLAGS] as number) & (INTERESTED | STARVED)) === INTERESTED;
  }

  /** One wanted piece less; returns how many are left. */
  unwant(handle: number): number {
    const { ints } = this.rows;
    const at = handle * ROW_INTS + WANTED;
    const wanted = (ints[at] as number) - 1;
    ints[at] = wanted;
    return wanted;
  }

  isInterested(handle: number): boolean {
    return this.has(handle, INTERESTED);
  }

  setInterested(handle: number, isInterested: boolean): void {
    this.put(handle, INTERESTED, isInterested);
  }

  amChoking(handle: number): boolean {
    return this.has(handle, AM_CHOKING);
  }

  setAmChoking(handle: number, amChoking: boolean): void {
    this.put(handle, AM_CHOKING, amChoking);
  }

  peerChoking(handle: number): boolean {
    return this.has(handle, PEER_CHOKING);
  }

  setPeerChoking(handle: number, peerChoking: boolean): void {
    this.put(handle, PEER_CHOKING, peerChoking);
  }

  /** Nothing was left to ask for when requests were last sent. */
  isStarved(handle: number): boolean {
    return this.has(handle, STARVED);
  }

  setStarved(handle: number, isStarved: boolean): void {
    this.put(handle, STARVED, isStarved);
  }

  /** We gave up on what it owed, and no block of it came since. */
  isStalled(handle: number): boolean {
    return this.has(handle, STALLED);
  }

  setStalled(handle: number, isStalled: boolean): void {
    this.put(handle, STALLED, isStalled);
  }

  /** Our uploads to it do not simply go in turn: it has an allotment, or the choker says whom to serve. */
  isPaced(handle: number): boolean {
    return this.has(handle, PACED);
  }

  setPaced(handle: number, isPaced: boolean): void {
    this.put(handle, PACED, isPaced);
  }

  /** A strategy of ours wants to hear of its blocks, or of what it has. */
  isWatched(handle: number): boolean {
    return this.has(handle, WATCHED);
  }

  setWatched(handle: number, isWatched: boolean): void {
    this.put(handle, WATCHED, isWatched);
  }

  /** The driver's link to it is full: it is not served. */
  isHeld(handle: number): boolean {
    return this.has(handle, HELD);
  }

  setHeld(handle: number, isHeld: boolean): void {
    this.put(handle, HELD, isHeld);
  }

  /** BEP 6: it rejected all that we asked, and is not asked again before the next sweep. */
  isRefusing(handle: number): boolean {
    return this.has(handle, REFUSING);
  }

  setRefusing(handle: number, isRefusing: boolean): void {
    this.put(handle, REFUSING, isRefusing);
  }

  /** Requests that it queues at most (BEP 10 `reqq`). */
  requestLimit(handle: number): number {
    return this.rows.transferInts[handle * TRANSFER_INTS + REQUEST_LIMIT] as number;
  }

  setRequestLimit(handle: number, limit: number): void {
    this.rows.transferInts[handle * TRANSFER_INTS + REQUEST_LIMIT] = limit;
  }

  /** A block of it came at `now` (whole ms). */
  blockCame(handle: number, now: number): void {
    const { ints, transferInts } = this.rows;
    const at = handle * ROW_INTS;
    transferInts[handle * TRANSFER_INTS + LAST_BLOCK_AT] = now;
    const flags = (ints[at + FLAGS] as number) & ~STALLED;
    ints[at + FLAGS] = (flags & BLOCKS) === BLOCKS ? flags : flags + BLOCK;
  }

  /** When its last block came (whole ms), or -1. */
  lastBlockAt(handle: number): number {
    return this.rows.transferInts[handle * TRANSFER_INTS + LAST_BLOCK_AT] as number;
  }

  /** Blocks since it last unchoked us, 255 for more. */
  blocksThisTurn(handle: number): number {
    return ((this.rows.ints[handle * ROW_INTS + FLAGS] as number) & BLOCKS) >>> 16;
  }

  endTurn(handle: number): void {
    this.put(handle, BLOCKS, false);
  }

  /** The partial piece that it works on, or -1. */
  currentPartial(handle: number): number {
    return this.rows.transferInts[handle * TRANSFER_INTS + CURRENT_PARTIAL] as number;
  }

  setCurrentPartial(handle: number, row: number): void {
    this.rows.transferInts[handle * TRANSFER_INTS + CURRENT_PARTIAL] = row;
  }

  /** The remote peer said something. */
  hear(handle: number): void {
    this.put(handle, HEARD, true);
  }

  /** We said something. */
  speak(handle: number): void {
    this.put(handle, SPOKE, true);
  }

  /** Whether the remote peer said something since the last call. */
  takeHeard(handle: number): boolean {
    return this.take(handle, HEARD);
  }

  takeSpoke(handle: number): boolean {
    return this.take(handle, SPOKE);
  }

  private has(handle: number, flag: number): boolean {
    return ((this.rows.ints[handle * ROW_INTS + FLAGS] as number) & flag) !== 0;
  }

  private put(handle: number, flag: number, isOn: boolean): void {
    const { ints } = this.rows;
    const at = handle * ROW_INTS + FLAGS;
    const flags = ints[at] as number;
    ints[at] = isOn ? flags | flag : flags & ~flag;
  }

  private take(handle: number, flag: number): boolean {
    const isOn = this.has(handle, flag);
    if (isOn) this.put(handle, flag, false);
    return isOn;
  }
}
