import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ClientRows } from "../../../src/engine/client-rows.ts";
import { ConnectionRows } from "../../../src/engine/connection-rows.ts";
import { UploadTurns } from "../../../src/engine/upload-turns.ts";

/** The queue as an array, and the index whose turn it is; the length when the last has just had its turn. */
class Model {
  readonly queue: number[] = [];
  private turn = 0;

  current(): number {
    if (this.turn === this.queue.length) this.turn = 0;
    return this.queue[this.turn] ?? -1;
  }

  pass(): void {
    this.turn++;
  }

  join(handle: number): void {
    this.queue.push(handle);
  }

  leave(handle: number): void {
    const at = this.queue.indexOf(handle);
    this.queue.splice(at, 1);
    if (at < this.turn) this.turn--;
  }
}

const HANDLES = 6;

function turnsOf(clients: number) {
  const connections = new ConnectionRows();
  connections.ensure(clients * HANDLES);
  const rows = new ClientRows();
  for (let client = 0; client < clients; client++) rows.open();
  return { turns: new UploadTurns(connections, rows), rows };
}

/** First to last, by way of `after`. */
function queueOf({ turns, rows }: ReturnType<typeof turnsOf>, client: number): number[] {
  const found: number[] = [];
  for (let handle = rows.head(client); handle >= 0; handle = turns.after(handle)) {
    found.push(handle);
  }
  expect(rows.tail(client)).toBe(found.at(-1) ?? -1);
  return found;
}

describe("upload turns", () => {
  test("are those of an array with an index, for each client of its own", () => {
    const step = fc.record({
      client: fc.nat(1),
      handle: fc.nat(HANDLES - 1),
      what: fc.constantFrom("join or leave", "current", "pass"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const real = turnsOf(2);
        const models = [new Model(), new Model()];
        for (const { client, handle: own, what } of steps) {
          const model = models[client]!;
          const handle = client * HANDLES + own;
          if (what === "current") {
            expect(real.turns.current(client)).toBe(model.current());
          } else if (what === "pass") {
            const holder = real.turns.current(client);
            expect(holder).toBe(model.current());
            if (holder < 0) continue;
            real.turns.pass(client, holder);
            model.pass();
          } else if (model.queue.includes(handle)) {
            real.turns.leave(client, handle);
            model.leave(handle);
          } else {
            real.turns.join(client, handle);
            model.join(handle);
          }
        }
        for (const client of [0, 1]) {
          expect(queueOf(real, client)).toEqual(models[client]!.queue);
          expect(real.turns.current(client)).toBe(models[client]!.current());
        }
      }),
      { numRuns: 500 },
    );
  });

  test("come round: each has one before any has two", () => {
    const { turns } = turnsOf(1);
    for (const handle of [3, 1, 2]) turns.join(0, handle);
    const served: number[] = [];
    for (let i = 0; i < 7; i++) {
      const handle = turns.current(0);
      served.push(handle);
      turns.pass(0, handle);
    }
    expect(served).toEqual([3, 1, 2, 3, 1, 2, 3]);
  });

  test("of one who joins after the last had its turn come before the first again", () => {
    const { turns } = turnsOf(1);
    turns.join(0, 0);
    turns.pass(0, turns.current(0));
    turns.join(0, 1);
    expect(turns.current(0)).toBe(1);
  });

  test("go to the next when who has it leaves, and to nobody in an empty queue", () => {
    const { turns } = turnsOf(1);
    for (const handle of [0, 1, 2]) turns.join(0, handle);
    turns.pass(0, turns.current(0));
    turns.leave(0, 1);
    expect(turns.current(0)).toBe(2);
    turns.leave(0, 2);
    expect(turns.current(0)).toBe(0);
    turns.leave(0, 0);
    expect(turns.current(0)).toBe(-1);
  });
});
