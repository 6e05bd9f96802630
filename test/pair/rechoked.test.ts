import { describe, expect, test } from "@jest/globals";
import type { Choker, Neighbour, Unchoke } from "../../src/engine/choker.ts";
import type { RechokeDecision, RechokeReport } from "../../src/engine/observer.ts";
import { closeFisted, KIB, type Member, type MemberOptions, Net } from "../support/net.ts";

/**
 * Member 0 has two pieces of eight and reports its rounds. Members 1, 2 and 3 have none, member 4 has the same two and so is
 * not interested. Nobody gives anything.
 */
function reporting(choker: Choker, options: MemberOptions = {}) {
  const rounds: RechokeReport[] = [];
  const net = new Net(256 * KIB, 32 * KIB);
  const settings = { slots: { rule: "fixed" as const, slots: 2 } };
  const giver = net.add({ pieces: [0, 1], choker, rounds, settings, ...options });
  giver.isUploading = false;
  for (const pieces of [[], [], [], [0, 1]]) {
    net.connect(net.add({ pieces, choker: closeFisted }), giver);
  }
  return { net, giver, rounds };
}

/** Chooses the connections to the members that `whom` says. */
function choosing(whom: () => readonly (Partial<Unchoke> & { readonly member: number })[]): Choker {
  const memberOf = (peer: Neighbour) => (peer as Neighbour & { remote: number }).remote;
  return {
    choose: ({ neighbours }) =>
      whom().flatMap(({ member, ...terms }) =>
        neighbours.filter((peer) => memberOf(peer) === member).map((peer) => ({ peer, ...terms })),
      ),
  };
}

function decisions(report: RechokeReport | undefined): Map<number, RechokeDecision> {
  return new Map(report?.decisions.map((one) => [one.remote, one]));
}

function reasons(report: RechokeReport | undefined): string[] {
  return [1, 2, 3, 4].map((member) => decisions(report).get(member)?.reason ?? "nothing");
}

describe("a rechoke round", () => {
  test("is told with its number, trigger and slots, and about every neighbour, oldest first", () => {
    const { net, rounds } = reporting(closeFisted);
    net.run(25_000);
    const timed = rounds.filter(({ trigger }) => trigger === "timer");
    expect(timed.map(({ round }) => round)).toEqual([1, 2]);
    for (const report of timed) {
      expect(report).toMatchObject({ slots: 2, isSeeding: false });
      expect(report.decisions.map(({ remote }) => remote)).toEqual([1, 2, 3, 4]);
    }
    expect(rounds[0]).toMatchObject({ trigger: "event", round: 0 });
  });

  test("says whom it unchokes, keeps, chokes and leaves choked, in the order of the choker", () => {
    let chosen = [{ member: 3 }, { member: 1 }];
    const { net, giver, rounds } = reporting(choosing(() => chosen));
    net.run(9_000);
    chosen = [{ member: 2 }, { member: 1 }];
    net.run(2_000);
    expect(rounds.at(-1)?.trigger).toBe("timer");
    const rows = [...decisions(rounds.at(-1)).values()];
    expect(rows.map((one) => [one.remote, one.decision, one.rank, one.slot])).toEqual([
      [1, "keep", 2, "regular"],
      [2, "unchoke", 1, "regular"],
      [3, "choke", null, null],
      [4, "stay-choked", null, null],
    ]);
    // It is told first, and then what comes of it.
    expect(giver.log.slice(giver.log.lastIndexOf("rechoked"))).toEqual([
      "rechoked",
      "choked 3",
      "unchoked 2 regular",
    ]);
  });

  test("says kind, pace and the choker's own words", () => {
    const terms = [
      { member: 1, kind: "optimistic" as const, rate: 5000 },
      { member: 2, reason: "an old friend" },
      { member: 4 },
    ];
    const { net, rounds } = reporting(choosing(() => terms));
    net.run(11_000);
    const found = decisions(rounds.at(-1));
    expect(found.get(1)).toMatchObject({ slot: "optimistic", allotment: 5000, reason: "on trial" });
    expect(found.get(2)).toMatchObject({
      slot: "regular",
      allotment: null,
      reason: "an old friend",
    });
    expect(found.get(4)).toMatchObject({
      isInterested: false,
      decision: "keep",
      reason: "not interested, so it takes no slot",
    });
  });

  test("says why the others are choked, as far as the engine can see it", () => {
    const last = (choker: Choker) => {
      const { net, rounds } = reporting(choker);
      net.run(11_000);
      return reasons(rounds.at(-1));
    };
    const full = "no slot left, and it sent nothing yet";
    expect(last(choosing(() => [{ member: 1 }, { member: 2 }]))).toEqual([
      "chosen",
      "chosen",
      full,
      "not interested",
    ]);
    expect(last(choosing(() => [{ member: 1 }]))[2]).toBe("not chosen, and it sent nothing yet");
    expect(last(closeFisted)[0]).toBe("serves nobody, and it sent nothing yet");
    const own = { ...closeFisted, whyChoked: () => "it is Monday" };
    expect(last(own)).toEqual(["it is Monday", "it is Monday", "it is Monday", "not interested"]);
  });

  test("calls nobody snubbed when it seeds, and a slot a seeder's", () => {
    const chosen = choosing(() => [{ member: 1 }]);
    const { net, rounds } = reporting(chosen, { pieces: "all" });
    net.run(11_000);
    expect(reasons(rounds.at(-1)).slice(0, 2)).toEqual(["served by a seeder", "not chosen"]);
  });

  test("asks for words only where somebody listens", () => {
    const asked: unknown[] = [];
    const choker: Choker = {
      choose: ({ isExplained }) => {
        asked.push(isExplained);
        return [];
      },
      whyChoked: () => {
        asked.push("why");
        return undefined;
      },
    };
    const { net } = reporting(choker, { rounds: undefined as never });
    net.run(11_000);
    expect(new Set(asked)).toEqual(new Set([false]));
    reporting(choker).net.run(11_000);
    expect(new Set(asked)).toEqual(new Set([false, true, "why"]));
  });

  test("has the rates that a choker would read, and leaves them as they are", () => {
    const run = (rounds: RechokeReport[] | undefined) => {
      const net = new Net(256 * KIB, 32 * KIB);
      const giver: Member = net.add({
        pieces: "all",
        uplink: 20_000,
        ...(rounds && { rounds }),
      });
      const leecher = net.add();
      net.connect(leecher, giver);
      net.run(20_005); // it is unchoked at 10 s
      const connection = giver.to(leecher);
      const { meters } = giver.client;
      return { held: meters.lastRate(2 * connection.handle + 1), connection };
    };
    const rounds: RechokeReport[] = [];
    const [told, untold] = [run(rounds), run(undefined)];
    expect(told.held).toBe(untold.held);
    const seen = rounds.at(-1)?.decisions[0];
    expect(seen?.downloadRate).toBe(0);
    expect(seen?.uploadRate).toBeGreaterThan(5_000); // half of the window at 20 kB/s
    expect(seen?.uploadRate).toBeLessThan(20_000);
  });
});
