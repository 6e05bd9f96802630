import { growInt32 } from "../core/grow.ts";

const NUMBER = 0;
const WANTED = 1;
const PIECES = 2;
const FLAGS = 3;
const STRIDE = 4;

const HEARD = 1;
const SPOKE = 2;
const INTERESTED = 4;
const STARVED = 8;

/**
 * What every `have` reads and writes of a connection, 16 bytes each: most messages are haves, and an object for each
 * connection is several cache lines that they would pull in.
 */
export class ConnectionCells {
  private cells = new Int32Array(0);

  ensure(handles: number): void {
    this.cells = growInt32(this.cells, handles * STRIDE);
  }

  /** `number` (above 0) is the connection's own; the handle is used again after `close`. */
  open(handle: number, number: number): void {
    const at = handle * STRIDE;
    this.cells[at + NUMBER] = number;
    this.cells[at + WANTED] = 0;
    this.cells[at + PIECES] = 0;
    this.cells[at + FLAGS] = HEARD | SPOKE;
  }

  close(handle: number): void {
    this.cells[handle * STRIDE + NUMBER] = 0;
  }

  /** Whether connection `number` is still the one behind `handle`. */
  isCurrent(handle: number, number: number): boolean {
    return this.cells[handle * STRIDE + NUMBER] === number;
  }

  /** Pieces that the remote peer has. */
  pieces(handle: number): number {
    return this.cells[handle * STRIDE + PIECES] as number;
  }

  setPieces(handle: number, pieces: number): void {
    this.cells[handle * STRIDE + PIECES] = pieces;
  }

  /** The remote peer has one piece more; returns how many it has. */
  addPiece(handle: number): number {
    const at = handle * STRIDE + PIECES;
    const pieces = (this.cells[at] as number) + 1;
    this.cells[at] = pieces;
    return pieces;
  }

  /** Pieces that the remote peer has and we lack. */
  wanted(handle: number): number {
    return this.cells[handle * STRIDE + WANTED] as number;
  }

  setWanted(handle: number, wanted: number): void {
    this.cells[handle * STRIDE + WANTED] = wanted;
  }

  /** One wanted piece more. Returns whether that changes nothing: we are interested already, and it has work. */
  want(handle: number): boolean {
    const at = handle * STRIDE;
    this.cells[at + WANTED] = (this.cells[at + WANTED] as number) + 1;
    return ((this.cells[at + FLAGS] as number) & (INTERESTED | STARVED)) === INTERESTED;
  }

  /** One wanted piece less; returns how many are left. */
  unwant(handle: number): number {
    const at = handle * STRIDE + WANTED;
    const wanted = (this.cells[at] as number) - 1;
    this.cells[at] = wanted;
    return wanted;
  }

  isInterested(handle: number): boolean {
    return this.has(handle, INTERESTED);
  }

  setInterested(handle: number, isInterested: boolean): void {
    this.put(handle, INTERESTED, isInterested);
  }

  /** Nothing was left to ask for when requests were last sent. */
  isStarved(handle: number): boolean {
    return this.has(handle, STARVED);
  }

  setStarved(handle: number, isStarved: boolean): void {
    this.put(handle, STARVED, isStarved);
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
    return ((this.cells[handle * STRIDE + FLAGS] as number) & flag) !== 0;
  }

  private put(handle: number, flag: number, isOn: boolean): void {
    const at = handle * STRIDE + FLAGS;
    const flags = this.cells[at] as number;
    this.cells[at] = isOn ? flags | flag : flags & ~flag;
  }

  private take(handle: number, flag: number): boolean {
    const isOn = this.has(handle, flag);
    if (isOn) this.put(handle, flag, false);
    return isOn;
  }
}
