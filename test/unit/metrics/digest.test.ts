import { describe, expect, test } from "@jest/globals";
import { Digest } from "../../../src/metrics/digest.ts";

type Event = readonly [at: number, kind: number, x: number, y: number, z: number];

const events: readonly Event[] = [
  [0, 1, 0, 0, 0],
  [12.5, 10, 3, 4, 77],
  [12.5, 12, 3, 5, 0],
];

function digestOf(list: readonly Event[]): string {
  const digest = new Digest();
  for (const event of list) digest.add(...event);
  return digest.toString();
}

describe("the digest", () => {
  test("is 16 hexadecimal digits, even of nothing", () => {
    expect(digestOf([])).toMatch(/^[0-9a-f]{16}$/);
    expect(digestOf(events)).toMatch(/^[0-9a-f]{16}$/);
  });

  test("is the same for the same events", () => {
    expect(digestOf(events)).toBe(digestOf(events));
  });

  test("changes with the order of two events at the same time", () => {
    const [first, second, third] = events as [Event, Event, Event];
    expect(digestOf([first, third, second])).not.toBe(digestOf(events));
  });

  test("changes with an event less", () => {
    expect(digestOf(events.slice(0, -1))).not.toBe(digestOf(events));
  });

  test.each(["time", "kind", "x", "y", "z"].map((name, at) => [name, at] as const))(
    "changes with one bit of the %s of the first event",
    (_, at) => {
      const changed = events.map((event) => [...event]);
      changed[0]![at]! += 1;
      expect(digestOf(changed as unknown as Event[])).not.toBe(digestOf(events));
    },
  );

  test("tells times apart that differ in their last bit", () => {
    const late = 86_400_000;
    expect(digestOf([[late, 1, 2, 3, 4]])).not.toBe(
      digestOf([[late * (1 + Number.EPSILON), 1, 2, 3, 4]]),
    );
  });

  test("changes both of its halves with one event", () => {
    const [a, b] = [digestOf(events), digestOf([...events, [13, 16, 1, 0, 0]])];
    expect(a.slice(0, 8)).not.toBe(b.slice(0, 8));
    expect(a.slice(8)).not.toBe(b.slice(8));
  });

  test("has no two alike among 20,000 sequences of one event", () => {
    const seen = new Set<string>();
    for (let x = 0; x < 100; x++) {
      for (let y = 0; y < 200; y++) seen.add(digestOf([[5, 10, x, y, 0]]));
    }
    expect(seen.size).toBe(20_000);
  });
});
