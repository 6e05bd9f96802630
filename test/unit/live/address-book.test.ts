import { describe, expect, test } from "@jest/globals";
import { AddressBook } from "../../../src/live/address-book.ts";

const at = (port: number) => ({ host: "192.0.2.1", port });

describe("an address book", () => {
  test("gives each endpoint one number, and visitors others", () => {
    const book = new AddressBook(10);
    expect([
      book.numberOf(at(1)),
      book.visitor(),
      book.numberOf(at(2)),
      book.numberOf(at(1)),
    ]).toEqual([10, 11, 12, 10]);
    expect(book.entry(11)).toBeUndefined();
    expect(book.entry(12)?.endpoint).toEqual(at(2));
  });

  test("offers what may be dialled: not ourselves, not who is connected, none twice", () => {
    const book = new AddressBook(0);
    const [self, used] = [book.entry(book.numberOf(at(1))), book.entry(book.numberOf(at(2)))];
    if (self === undefined || used === undefined) throw new Error("unknown");
    self.isSelf = true;
    used.isInUse = true;
    expect(book.dialable([at(1), at(2), at(3), at(3)], 0)).toEqual([2]);
  });

  test("waits after a failure, for longer each time, and tries again", () => {
    const book = new AddressBook(0);
    const number = book.numberOf(at(1));
    book.failed(number, 0);
    expect([book.due(4_999), book.due(5_000)]).toEqual([[], [0]]);
    book.failed(number, 5_000);
    expect([book.dialable([at(1)], 14_999), book.dialable([at(1)], 15_000)]).toEqual([[], [0]]);
    book.succeeded(number);
    expect(book.dialable([at(1)], 15_000)).toEqual([0]);
  });

  test("gives up on an address after some failures, until somebody names it, or if the user did", () => {
    const book = new AddressBook(0);
    const [plain, pinned] = [book.numberOf(at(1)), book.numberOf(at(2))];
    book.pin(at(2));
    for (let failure = 0; failure < 8; failure++) {
      book.failed(plain, 0);
      book.failed(pinned, 0);
    }
    expect(book.due(1e9)).toEqual([pinned]);
    expect(book.dialable([at(1)], 1e9)).toEqual([plain]);
  });

  test("forgets the oldest when it is full, but none that is in use or pinned", () => {
    const book = new AddressBook(0);
    const host = (number: number) => ({ host: `10.0.${number >> 8}.${number & 255}`, port: 1 });
    const used = book.entry(book.numberOf(host(0)));
    if (used !== undefined) used.isInUse = true;
    book.pin(host(1));
    for (let number = 2; number < 10_001; number++) book.numberOf(host(number));
    expect([book.entry(0), book.entry(1), book.entry(2)].map((one) => one !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
