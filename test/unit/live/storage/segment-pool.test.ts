import { describe, expect, test } from "@jest/globals";
import { SegmentPool } from "../../../../src/live/storage/segment-pool.ts";

describe("a pool of segments", () => {
  test("uses a buffer again when nobody holds it", () => {
    const pool = new SegmentPool(64, 4);
    const first = pool.take(64);
    pool.release(first);
    expect(pool.take(64).buffer).toBe(first.buffer);
  });

  test("does not use again what somebody still borrows, or a part of it", () => {
    const pool = new SegmentPool(64, 4);
    const first = pool.take(64);
    pool.hold(first);
    pool.release(first); // dropped
    expect(pool.take(64).buffer).not.toBe(first.buffer);
    pool.release(first.subarray(16, 32)); // given back
    expect(pool.take(64).buffer).toBe(first.buffer);
  });

  test("gives whole buffers again after a short one", () => {
    const pool = new SegmentPool(64, 4);
    const short = pool.take(10);
    expect(short).toHaveLength(10);
    pool.release(short);
    expect(pool.take(64)).toHaveLength(64);
  });

  test("keeps no more free buffers than it should", () => {
    const pool = new SegmentPool(64, 1);
    const taken = [pool.take(64), pool.take(64)] as const;
    for (const one of taken) pool.release(one);
    expect(pool.take(64).buffer).toBe(taken[0].buffer);
    expect(pool.take(64).buffer).not.toBe(taken[1].buffer);
  });

  test("takes no notice of what is not its own, nor of what was given back already", () => {
    const pool = new SegmentPool(64, 4);
    pool.release(new Uint8Array(64));
    const own = pool.take(64);
    pool.release(own);
    pool.release(own);
    const again = [pool.take(64), pool.take(64)] as const;
    expect(again[0].buffer).not.toBe(again[1].buffer);
  });
});
