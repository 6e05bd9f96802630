import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ConnectionRows } from "../../../src/engine/connection-rows.ts";
import { RequestLists } from "../../../src/engine/request-lists.ts";

type Entry = [number, number, number];

describe("request lists", () => {
  test("are first in, first out, and any entry can be taken out, like arrays", () => {
    const action = fc.record({
      what: fc.constantFrom("push", "shift", "remove", "clear"),
      list: fc.nat(2),
      a: fc.nat(3),
      b: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
        const rows = new ConnectionRows();
        rows.ensure(2);
        const lists = new RequestLists(rows);
        const model: Entry[][] = [[], [], []];
        for (const { what, list, a, b } of actions) {
          const entries = model[list] as Entry[];
          if (what === "push") {
            lists.push(list, a, b, a + b);
            entries.push([a, b, a + b]);
          } else if (what === "shift") {
            const first = entries.shift();
            expect(lists.shift(list)).toBe(first !== undefined);
            if (first !== undefined) expect([lists.a, lists.b, lists.c]).toEqual(first);
          } else if (what === "remove") {
            const at = entries.findIndex((one) => one[0] === a && one[1] === b);
            expect(lists.has(list, a, b)).toBe(at >= 0);
            expect(lists.remove(list, a, b)).toBe(at >= 0);
            if (at >= 0) entries.splice(at, 1);
          } else if (list === 0) {
            lists.clear(list);
            entries.length = 0;
          }
          model.forEach((one, i) => {
            const seen: Entry[] = [];
            lists.forEach(i, (x, y, z) => seen.push([x, y, z]));
            expect(seen).toEqual(one);
            expect(lists.count(i)).toBe(one.length);
          });
        }
      }),
    );
  });
});
