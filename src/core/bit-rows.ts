import type { Bitfield } from "./bitfield.ts";
import { growInt32 } from "./grow.ts";

/** Many sets of piece indexes of one length in one array: what each remote peer has. Bit order as in `Bitfield`. */
export class BitRows {
  readonly length: number;
  private readonly stride: number;
  private words = new Int32Array(0);

  constructor(length: number) {
    this.length = length;
    this.stride = (length + 31) >>> 5;
  }

  ensure(rows: number): void {
    this.words = growInt32(this.words, rows * this.stride);
  }

  clearRow(row: number): void {
    this.words.fill(0, row * this.stride, (row + 1) * this.stride);
  }

  has(row: number, index: number): boolean {
    const word = this.words[row * this.stride + (index >>> 5)] as number;
    return ((word << (index & 31)) & 0x80000000) !== 0;
  }

  /** Returns whether the bit was clear before. */
  set(row: number, index: number): boolean {
    const at = row * this.stride + (index >>> 5);
    const word = this.words[at] as number;
    const mask = 0x80000000 >>> (index & 31);
    if ((word & mask) !== 0) return false;
    this.words[at] = word | mask;
    return true;
  }

  copyFrom(row: number, field: Bitfield): void {
    this.words.set(field.words, row * this.stride);
  }

  /** First index at or after `from` that is both in `row` and in `field`, or -1. */
  nextCommon(row: number, field: Bitfield, from: number): number {
    if (from >= this.length) return -1;
    const { words, stride } = this;
    const base = row * stride;
    let at = from >>> 5;
    let word = (words[base + at] as number) & (field.words[at] as number);
    word = (word << (from & 31)) >>> (from & 31);
    while (word === 0) {
      if (++at >= stride) return -1;
      word = (words[base + at] as number) & (field.words[at] as number);
    }
    return (at << 5) + Math.clz32(word);
  }

  /** First index at or after `from` that is in `field`, and neither in `except` nor in `row`, or -1. */
  nextLacking(row: number, field: Bitfield, except: Bitfield, from: number): number {
    if (from >= this.length) return -1;
    const { words, stride } = this;
    const base = row * stride;
    let mask = -1 >>> (from & 31);
    for (let at = from >>> 5; at < stride; at++) {
      const taken = (words[base + at] as number) | (except.words[at] as number);
      const word = (field.words[at] as number) & ~taken & mask;
      if (word !== 0) return (at << 5) + Math.clz32(word);
      mask = -1;
    }
    return -1;
  }

  /** How many indexes are both in `row` and in `field`. */
  countCommon(row: number, field: Bitfield): number {
    let count = 0;
    const base = row * this.stride;
    for (let at = 0; at < this.stride; at++) {
      let word = (this.words[base + at] as number) & (field.words[at] as number);
      while (word !== 0) {
        word &= word - 1;
        count++;
      }
    }
    return count;
  }
}
