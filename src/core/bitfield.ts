/** A set of piece indexes over 32-bit words. Bit 31 of word 0 is piece 0, so words are BEP 3's byte order, big-endian. */
export class Bitfield {
  readonly length: number;
  /** How many bits are set. */
  count = 0;
  readonly words: Int32Array;

  constructor(length: number) {
    this.length = length;
    this.words = new Int32Array((length + 31) >>> 5);
  }

  has(index: number): boolean {
    return (((this.words[index >>> 5] as number) << (index & 31)) & 0x80000000) !== 0;
  }

  /** Returns whether the bit was clear before. */
  set(index: number): boolean {
    const word = this.words[index >>> 5] as number;
    const mask = 0x80000000 >>> (index & 31);
    if ((word & mask) !== 0) return false;
    this.words[index >>> 5] = word | mask;
    this.count++;
    return true;
  }

  /** Returns whether the bit was set before. */
  clear(index: number): boolean {
    const word = this.words[index >>> 5] as number;
    const mask = 0x80000000 >>> (index & 31);
    if ((word & mask) === 0) return false;
    this.words[index >>> 5] = word & ~mask;
    this.count--;
    return true;
  }

  setAll(): void {
    this.words.fill(-1);
    const spare = this.length & 31;
    if (spare !== 0) this.words[this.words.length - 1] = -1 << (32 - spare);
    this.count = this.length;
  }

  copy(): Bitfield {
    const copy = new Bitfield(this.length);
    copy.words.set(this.words);
    copy.count = this.count;
    return copy;
  }

  get isComplete(): boolean {
    return this.count === this.length;
  }

  /** Index of the first set bit at or after `from`, or -1. */
  next(from: number): number {
    if (from >= this.length) return -1;
    let at = from >>> 5;
    let word = ((this.words[at] as number) << (from & 31)) >>> (from & 31);
    while (word === 0) {
      if (++at >= this.words.length) return -1;
      word = this.words[at] as number;
    }
    return (at << 5) + Math.clz32(word);
  }

  /** BEP 3: the bitfield message's payload, high bit first, spare bits clear. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array((this.length + 7) >>> 3);
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] = (this.words[i >>> 2] as number) >>> (24 - ((i & 3) << 3));
    }
    return bytes;
  }

  /** The bitfield in `bytes`, or undefined when its length is wrong or a spare bit is set (BEP 3: drop the connection). */
  static fromBytes(bytes: Uint8Array, length: number): Bitfield | undefined {
    if (bytes.length !== (length + 7) >>> 3) return undefined;
    const spare = bytes.length * 8 - length;
    if (spare > 0 && ((bytes[bytes.length - 1] as number) & ((1 << spare) - 1)) !== 0) {
      return undefined;
    }
    const field = new Bitfield(length);
    for (let i = 0; i < length; i++) {
      if (((bytes[i >>> 3] as number) & (0x80 >>> (i & 7))) !== 0) field.set(i);
    }
    return field;
  }
}
