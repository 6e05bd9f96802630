import { assert } from "../../core/assert.ts";
import { BLOCK_SIZE, type Geometry } from "../../core/geometry.ts";
import type { PieceInMemory } from "./disk-jobs.ts";

/** Bytes that are read and kept together at most: as many blocks as fit a mask of 16 bits. */
export const maxSegmentLength = 16 * BLOCK_SIZE;

/** Bytes of a segment: a piece, or as much of it as is kept together. */
export function segmentLengthOf(pieceLength: number): number {
  return Math.min(maxSegmentLength, Math.ceil(pieceLength / BLOCK_SIZE) * BLOCK_SIZE);
}

/** A piece of which blocks have come. Bits are blocks of a segment. */
interface PieceUnderWay {
  readonly slots: Int32Array;
  /** In memory. */
  readonly present: Int32Array;
  /** In memory or on the disk. */
  readonly arrived: Int32Array;
  blocks: number;
}

/**
 * Blocks of pieces that are not complete, in slots of shared memory. There is always a slot for one more block; whoever writes
 * looks at `isFull`, and stops for a while.
 */
export class BlockMemory {
  readonly segmentLength: number;
  private readonly geometry: Geometry;
  /** Slots that may be in use before it is full. */
  private readonly limit: number;
  private readonly slots: Uint8Array[] = [];
  private readonly free: number[] = [];
  /** By slot: when a block last came, in blocks; -1 where it is not of a piece under way. */
  private readonly used: number[] = [];
  private readonly pieces = new Map<number, PieceUnderWay>();
  private readonly onNewSlot: (slot: number, memory: SharedArrayBuffer) => void;
  private blocks = 0;
  /** Slots of pieces under way. */
  private open = 0;

  constructor(
    geometry: Geometry,
    bytes: number,
    onNewSlot: (slot: number, memory: SharedArrayBuffer) => void,
  ) {
    this.geometry = geometry;
    this.segmentLength = segmentLengthOf(geometry.pieceLength);
    this.limit = Math.max(4, Math.floor(bytes / this.segmentLength));
    this.onNewSlot = onNewSlot;
  }

  get isFull(): boolean {
    return this.slots.length - this.free.length >= this.limit;
  }

  /** There is room for some time again. */
  get hasRoom(): boolean {
    return this.slots.length - this.free.length <= (this.limit * 3) / 4;
  }

  write(piece: number, begin: number, bytes: Uint8Array): void {
    const { geometry, segmentLength } = this;
    const block = begin / BLOCK_SIZE;
    assert(
      Number.isInteger(block) && bytes.length === geometry.lengthOfBlock(piece, block),
      `block of ${bytes.length} bytes at ${begin} of piece ${piece}`,
    );
    const under = this.pieces.get(piece) ?? this.begin(piece);
    const segment = Math.floor(begin / segmentLength);
    const at = begin - segment * segmentLength;
    let slot = under.slots[segment] as number;
    if (slot < 0) {
      slot = this.take();
      under.slots[segment] = slot;
      this.open++;
    }
    (this.slots[slot] as Uint8Array).set(bytes, at);
    this.used[slot] = this.blocks++;
    const bit = 1 << (at / BLOCK_SIZE);
    under.present[segment] = (under.present[segment] as number) | bit;
    const arrived = under.arrived[segment] as number;
    if ((arrived & bit) === 0) under.blocks++;
    under.arrived[segment] = arrived | bit;
  }

  private begin(piece: number): PieceUnderWay {
    const segments = Math.ceil(this.geometry.lengthOfPiece(piece) / this.segmentLength);
    const under = {
      slots: new Int32Array(segments).fill(-1),
      present: new Int32Array(segments),
      arrived: new Int32Array(segments),
      blocks: 0,
    };
    this.pieces.set(piece, under);
    return under;
  }

  private take(): number {
    const slot = this.free.pop();
    if (slot !== undefined) return slot;
    const memory = new SharedArrayBuffer(this.segmentLength);
    this.onNewSlot(this.slots.length, memory);
    return this.slots.push(new Uint8Array(memory)) - 1;
  }

  /** A piece whose blocks have all come: what of it is in memory. The slots are the caller's, until `release`. */
  complete(piece: number): PieceInMemory {
    const under = this.pieces.get(piece);
    assert(under?.blocks === this.geometry.blocksOfPiece(piece), `piece ${piece} lacks blocks`);
    this.pieces.delete(piece);
    for (const slot of under.slots) this.giveAway(slot);
    return { piece, segment: 0, slots: [...under.slots], present: [...under.present] };
  }

  private giveAway(slot: number): void {
    if (slot < 0) return;
    this.used[slot] = -1;
    this.open--;
  }

  /**
   * When pieces under way hold more than half of the memory: those of their segments to which no block has come for longest, to be
   * written to their place. The other half is on its way to the disk, so that there is room soon in any case.
   */
  spill(): PieceInMemory[] {
    const most = this.limit / 2;
    if (this.open <= most) return [];
    // An eighth at a time, so that this is done seldom.
    const count = Math.max(1, Math.floor(this.limit / 8));
    const segments = [...this.pieces].flatMap(([piece, under]) =>
      [...under.slots].flatMap((slot, segment) =>
        slot < 0 ? [] : { piece, under, segment, slot },
      ),
    );
    segments.sort((a, b) => (this.used[a.slot] as number) - (this.used[b.slot] as number));
    return segments.slice(0, count).map(({ piece, under, segment, slot }) => {
      const present = under.present[segment] as number;
      under.slots[segment] = -1;
      under.present[segment] = 0;
      this.giveAway(slot);
      return { piece, segment, slots: [slot], present: [present] };
    });
  }

  /** The caller has done with the slots that it was given. */
  release(slots: readonly number[]): void {
    for (const slot of slots) if (slot >= 0) this.free.push(slot);
  }

  /** There will be no more blocks. */
  end(): void {
    this.slots.length = 0;
    this.free.length = 0;
  }

  /** Its blocks will be written again. */
  forget(piece: number): void {
    const under = this.pieces.get(piece);
    if (under === undefined) return;
    this.pieces.delete(piece);
    for (const slot of under.slots) this.giveAway(slot);
    this.release([...under.slots]);
  }
}
