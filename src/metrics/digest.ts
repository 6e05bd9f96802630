const time = new Float64Array(1);
const timeWords = new Int32Array(time.buffer);

/** A 64-bit digest over a sequence of events: two 32-bit lanes with different odd multipliers (the idea of xxHash). */
export class Digest {
  /** Events so far. */
  count = 0;
  private a = 0x2545f491;
  private b = 0x6a09e667;

  /** One event: when it happened, what it was, and three numbers about it. */
  add(at: number, kind: number, x: number, y: number, z: number): void {
    this.count++;
    time[0] = at;
    const low = timeWords[0] as number;
    const high = timeWords[1] as number;
    let { a, b } = this;
    a = Math.imul(a ^ low, 0x9e3779b1);
    b = Math.imul(b ^ high, 0x85ebca77);
    a = Math.imul(((a << 13) | (a >>> 19)) ^ high, 0xc2b2ae3d);
    b = Math.imul(((b << 15) | (b >>> 17)) ^ low, 0x27d4eb2f);
    a = Math.imul(((a << 11) | (a >>> 21)) ^ kind ^ Math.imul(y, 0x165667b1), 0x9e3779b1);
    b = Math.imul(((b << 17) | (b >>> 15)) ^ x ^ Math.imul(z, 0x165667b1), 0x85ebca77);
    a = Math.imul(((a << 7) | (a >>> 25)) ^ x ^ Math.imul(z, 0x2c1b3c6d), 0xc2b2ae3d);
    b = Math.imul(((b << 9) | (b >>> 23)) ^ y ^ Math.imul(kind, 0x2c1b3c6d), 0x27d4eb2f);
    this.a = a ^ (a >>> 15);
    this.b = b ^ (b >>> 13);
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, "0");
    return hex(this.a) + hex(this.b);
  }
}
