import { describe, expect, test } from "@jest/globals";
import type { AnnounceAnswer } from "../../../src/tracker/announce.ts";
import type { TrackerSettings } from "../../../src/tracker/settings.ts";
import { Tracker } from "../../../src/tracker/tracker.ts";
import { randomOf } from "../../support/neighbours.ts";
import { MINUTE, request } from "../../support/tracker.ts";

const clock = { now: 0 };

function trackerWith(settings: Partial<TrackerSettings> = {}): Tracker<string> {
  clock.now = 0;
  return new Tracker<string>(clock, randomOf("tracker"), settings);
}

function infohash(fill: number): Uint8Array {
  return new Uint8Array(20).fill(fill);
}

const started = { event: "started" } as const;

describe("a tracker", () => {
  test("keeps the swarms of different infohashes apart", () => {
    const tracker = trackerWith();
    tracker.announce(infohash(1), request("a", started));
    tracker.announce(infohash(2), request("b", started));
    const answer = tracker.announce(infohash(1), request("c", started)) as AnnounceAnswer<string>;
    expect(answer.peers).toEqual(["@a"]);
    expect(tracker.scrape(infohash(1))).toEqual({ complete: 0, incomplete: 2, downloaded: 0 });
    expect(tracker.scrape(infohash(2))).toEqual({ complete: 0, incomplete: 1, downloaded: 0 });
  });

  test("has BEP 3's numbers when it is told none", () => {
    const answer = trackerWith().announce(infohash(1), request("a", started));
    expect(answer).toMatchObject({ interval: 30 * MINUTE, minInterval: 5 * MINUTE });
  });

  test("scrapes nothing of an infohash that nobody announced, nor of one that was only left", () => {
    const tracker = trackerWith();
    const answer = tracker.announce(infohash(1), request("a", { event: "stopped" }));
    expect(answer).toMatchObject({ complete: 0, incomplete: 0, peers: [] });
    expect(tracker.scrape(infohash(1))).toBeUndefined();
  });

  test("refuses a further infohash when it is full of living swarms", () => {
    const tracker = trackerWith({ maxSwarms: 2 });
    tracker.announce(infohash(1), request("a", started));
    tracker.announce(infohash(2), request("a", started));
    expect(tracker.announce(infohash(3), request("a", started))).toEqual({
      failure: "this tracker has as many torrents as it can take",
    });
    expect(tracker.announce(infohash(1), request("b", started))).toMatchObject({ peers: ["@a"] });
  });

  test("gives up an empty swarm for a new one, and the one longest silent first", () => {
    const tracker = trackerWith({ maxSwarms: 3, peerTimeout: 45 * MINUTE });
    for (const fill of [1, 2, 3]) tracker.announce(infohash(fill), request("a", started));
    clock.now = 40 * MINUTE;
    tracker.announce(infohash(1), request("a"));
    clock.now = 50 * MINUTE; // 2 and 3 have expired
    tracker.announce(infohash(4), request("a", started));
    expect(tracker.scrape(infohash(2))).toBeUndefined();
    expect(tracker.scrape(infohash(3))).toMatchObject({ incomplete: 0 });
    expect(tracker.scrape(infohash(1))).toMatchObject({ incomplete: 1 });
    expect(tracker.scrape(infohash(4))).toMatchObject({ incomplete: 1 });
  });
});

describe("a tracker for strangers", () => {
  /** Lets in those whose address is among `allowed`, and remembers who is in. */
  function gateFor(allowed: readonly string[]) {
    const inside: string[] = [];
    return {
      inside,
      enter: (address: string) => {
        if (allowed.includes(address)) inside.push(address);
        return allowed.includes(address);
      },
      leave: (address: string) => {
        inside.splice(inside.indexOf(address), 1);
      },
    };
  }

  test("answers who finds no room, and hands them to nobody", () => {
    clock.now = 0;
    const gate = gateFor(["@a", "@b"]);
    const tracker = new Tracker<string>(clock, randomOf("gate"), {}, gate);
    for (const key of ["a", "c", "b"]) tracker.announce(infohash(1), request(key, started));
    const answer = tracker.announce(infohash(1), request("c", started)) as AnnounceAnswer<string>;
    expect([...answer.peers].sort()).toEqual(["@a", "@b"]);
    expect(answer.incomplete).toBe(2);
    expect(gate.inside).toEqual(["@a", "@b"]);
  });

  test("counts no torrent that somebody left whom it does not know", () => {
    const tracker = trackerWith();
    tracker.announce(infohash(1), request("a", { event: "stopped" }));
    expect([...tracker.counts()]).toEqual([]);
  });

  test("keeps no torrent for who finds no room", () => {
    const tracker = new Tracker<string>(clock, randomOf("gate"), {}, gateFor([]));
    tracker.announce(infohash(1), request("a", started));
    expect(tracker.scrape(infohash(1))).toBeUndefined();
  });

  test("has room again when a peer stops, and when it is forgotten", () => {
    clock.now = 0;
    const gate = gateFor(["@a", "@b"]);
    const tracker = new Tracker<string>(clock, randomOf("gate"), { peerTimeout: MINUTE }, gate);
    for (const key of ["a", "b"]) tracker.announce(infohash(1), request(key, started));
    tracker.announce(infohash(1), request("a", { event: "stopped" }));
    expect(gate.inside).toEqual(["@b"]);
    clock.now = MINUTE;
    tracker.expire();
    expect(gate.inside).toEqual([]);
    expect([...tracker.counts()]).toEqual([
      ["01".repeat(20), { complete: 0, incomplete: 0, downloaded: 0 }],
    ]);
  });

  test("hands peers to who is in no swarm, as many as it would to a member", () => {
    const tracker = trackerWith({ numwant: 3, maxNumwant: 4 });
    for (let i = 0; i < 9; i++) {
      tracker.announce(infohash(1), request(`${i}`, { ...started, left: i < 5 ? 0 : 1 }));
    }
    const peers = (wanted: number | undefined, left: number) =>
      tracker.peersFor(infohash(1), wanted, left);
    expect(peers(undefined, 1)).toHaveLength(3);
    expect(peers(2, 1)).toHaveLength(2);
    expect(peers(0, 1)).toHaveLength(0);
    expect(peers(9, 1)).toHaveLength(4);
    // A seeder hears of leechers alone.
    expect([...peers(9, 0)].sort()).toEqual(["@5", "@6", "@7", "@8"]);
    expect(tracker.peersFor(infohash(2), 9, 1)).toEqual([]);
    expect(tracker.scrape(infohash(1))).toMatchObject({ complete: 5, incomplete: 4 });
  });
});
