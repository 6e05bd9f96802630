import { describe, expect, test } from "@jest/globals";
import { ClientRows } from "../../../src/engine/client-rows.ts";

describe("the rows of clients", () => {
  test("begin with an empty queue, no bytes, and nothing to send ever", () => {
    const rows = new ClientRows();
    const row = rows.open();
    expect([rows.head(row), rows.tail(row), rows.turn(row)]).toEqual([-1, -1, -1]);
    expect([rows.downloaded(row), rows.uploaded(row)]).toEqual([0, 0]);
    expect(rows.readyAt(row)).toBe(Number.POSITIVE_INFINITY);
  });

  test("are numbered from 0, and used again after they are given back, with nothing left in them", () => {
    const rows = new ClientRows();
    expect([rows.open(), rows.open(), rows.open()]).toEqual([0, 1, 2]);
    rows.setHead(1, 10);
    rows.setTail(1, 11);
    rows.setTurn(1, 12);
    rows.setReadyAt(1, 0);
    rows.addDownloaded(1, 5);
    rows.addUploaded(1, 6);
    rows.close(1);
    expect(rows.open()).toBe(1);
    expect([rows.head(1), rows.tail(1), rows.turn(1)]).toEqual([-1, -1, -1]);
    expect([rows.downloaded(1), rows.uploaded(1)]).toEqual([0, 0]);
    expect(rows.readyAt(1)).toBe(Number.POSITIVE_INFINITY);
    expect(rows.open()).toBe(3);
  });

  test("keep whole and fractional numbers apart in one memory, also while that grows", () => {
    const rows = new ClientRows();
    for (let i = 0; i < 200; i++) {
      const row = rows.open();
      rows.setHead(row, 3 * i);
      rows.setTail(row, 3 * i + 1);
      rows.setTurn(row, 3 * i + 2);
      rows.addDownloaded(row, 2 ** 40 + i);
      rows.addUploaded(row, i / 4);
      rows.setReadyAt(row, i + 0.5);
    }
    for (let i = 0; i < 200; i++) {
      expect([rows.head(i), rows.tail(i), rows.turn(i)]).toEqual([3 * i, 3 * i + 1, 3 * i + 2]);
      expect([rows.downloaded(i), rows.uploaded(i)]).toEqual([2 ** 40 + i, i / 4]);
      expect(rows.readyAt(i)).toBe(i + 0.5);
    }
  });
});
