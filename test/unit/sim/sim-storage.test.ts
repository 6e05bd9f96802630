import { describe, expect, test } from "@jest/globals";
import { EventQueue } from "../../../src/sim/event-queue.ts";
import { VERIFIED } from "../../../src/sim/kinds.ts";
import { SimStorage } from "../../../src/sim/sim-storage.ts";

function storageAt(now: number) {
  const queue = new EventQueue();
  const storage = new SimStorage(queue, { now });
  /** Client and value of the verdict that comes next. */
  const verdict = () => {
    expect(queue.pop()).toBe(true);
    expect([queue.kind, queue.time]).toEqual([VERIFIED, now]);
    return [queue.peer, queue.value];
  };
  const write = (client: number, piece: number, isCorrupt: boolean) => {
    storage.isSpoiling = isCorrupt;
    storage.write(client, piece);
  };
  return { queue, storage, verdict, write };
}

describe("the storage of simulated peers", () => {
  test("finds a piece right when none of its blocks was corrupt, at once", () => {
    const { storage, verdict, write, queue } = storageAt(12.5);
    write(3, 7, false);
    storage.verify(3, 7);
    expect(verdict()).toEqual([3, 7]);
    expect(queue.pop()).toBe(false);
  });

  test("finds a piece wrong when one of its blocks was corrupt, also piece 0", () => {
    const { storage, verdict, write } = storageAt(5);
    for (const piece of [0, 7]) {
      write(3, piece, false);
      write(3, piece, true);
      write(3, piece, false);
      storage.verify(3, piece);
      expect(verdict()).toEqual([3, ~piece]);
    }
  });

  test("forgets the corrupt block with the verdict: the piece may be right the next time", () => {
    const { storage, verdict, write } = storageAt(5);
    write(3, 7, true);
    storage.verify(3, 7);
    expect(verdict()).toEqual([3, ~7]);
    write(3, 7, false);
    storage.verify(3, 7);
    expect(verdict()).toEqual([3, 7]);
  });

  test("keeps the pieces of one client apart, and clients from each other", () => {
    const { storage, verdict, write } = storageAt(5);
    write(3, 7, true);
    storage.verify(3, 8);
    storage.verify(4, 7);
    storage.verify(3, 7);
    expect([verdict(), verdict(), verdict()]).toEqual([
      [3, 8],
      [4, 7],
      [3, ~7],
    ]);
  });

  test("forgets a client that left", () => {
    const { storage, verdict, write } = storageAt(5);
    write(3, 7, true);
    write(4, 7, true);
    storage.forget(3);
    storage.verify(3, 7);
    storage.verify(4, 7);
    expect([verdict(), verdict()]).toEqual([
      [3, 7],
      [4, ~7],
    ]);
  });
});
