/**
 * Memory for segments, used again and again: a gigabyte read into fresh buffers is a gigabyte of pages for the system to clear and
 * for the collector to find. A buffer is free again when it is dropped and nobody borrows it. Who forgets to give back does no
 * harm: the buffer is the collector's then.
 */
export class SegmentPool {
  private readonly length: number;
  /** Free buffers that are kept. */
  private readonly most: number;
  private readonly free: Uint8Array[] = [];
  /** How often each buffer is lent; one more while it is kept. */
  private readonly holds = new WeakMap<ArrayBufferLike, number>();

  constructor(length: number, most: number) {
    this.length = length;
    this.most = most;
  }

  /** A buffer of `length` bytes, at most those of a segment; what is in it is anything. It is held once. */
  take(length: number): Uint8Array {
    // Not from Node's own pool, of which a view would keep the whole alive.
    const whole = this.free.pop() ?? Buffer.allocUnsafeSlow(this.length);
    this.holds.set(whole.buffer, 1);
    return length === whole.length ? whole : whole.subarray(0, length);
  }

  hold(bytes: Uint8Array): void {
    this.holds.set(bytes.buffer, (this.holds.get(bytes.buffer) ?? 0) + 1);
  }

  /** `bytes`, or the buffer that they are a part of, are held once less. */
  release(bytes: Uint8Array): void {
    const { buffer } = bytes;
    const holds = this.holds.get(buffer);
    if (holds === undefined) return; // not ours
    if (holds > 1) {
      this.holds.set(buffer, holds - 1);
      return;
    }
    this.holds.delete(buffer);
    if (this.free.length < this.most) this.free.push(new Uint8Array(buffer));
  }
}
