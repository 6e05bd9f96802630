import { describe, expect, test } from "@jest/globals";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../../src/engine/choker.ts";
import { guardChoker } from "../../../src/strategies/guard-choker.ts";
import {
  type FakeNeighbour,
  neighbour,
  neighbours,
  randomOf,
  ScriptedClient,
  stoppedClock,
} from "../../support/neighbours.ts";
import { messageOf } from "../../support/strategy-message.ts";

/** What the guard says of a choker that answers `chosen` in a round at 10 s with 2 slots and peers 1, 2, 3. */
function verdict(chosen: (client: ScriptedClient) => unknown, unlimited = false): string {
  const choker = { unlimited, choose: () => chosen(client) } as unknown as Choker;
  const client: ScriptedClient = new ScriptedClient(
    guardChoker(choker, "mine", "dsl/3", stoppedClock),
    2,
  );
  client.join(neighbours(3, (number) => ({ peerInterested: number < 4 })));
  return messageOf(() => client.timer());
}

function peersOf(client: ScriptedClient, ...numbers: number[]) {
  return numbers.map((number) => ({ peer: client.neighbours[number - 1] }));
}

describe("the guard of a choker", () => {
  test("lets right answers pass, rates and kinds included", () => {
    const choices = (client: ScriptedClient) => [
      { peer: client.neighbours[2], kind: "optimistic", rate: 1000 },
      { peer: client.neighbours[0], rate: Number.POSITIVE_INFINITY },
    ];
    expect(verdict(choices)).toBe("no error");
    expect(verdict(() => [])).toBe("no error");
  });

  test("names strategy, peer, time and cause when it throws", () => {
    const failing: Choker = {
      choose() {
        throw new TypeError("no rate");
      },
    };
    const client = new ScriptedClient(guardChoker(failing, "mine", "dsl/3", stoppedClock), 2);
    const message = messageOf(() => client.timer());
    expect(message).toMatch(
      /^Choker "mine" of dsl\/3, at 10 s, choose\(\): threw TypeError: no rate/,
    );
    expect(message).toMatch(/guard-choker\.test\.ts:\d+:\d+\)$/);
  });

  test.each([
    ["undefined", undefined, "returned undefined instead of an array"],
    ["a promise", Promise.resolve([]), "returned a promise (strategies are not async)"],
    ["an object", { peer: 1 }, "returned an object with peer instead of an array"],
    ["numbers", [1], "entry 0 is 1 instead of a { peer } object"],
    ["bare neighbours", [neighbour(1)], "instead of a { peer } object; write { peer: neighbour }"],
    ["a hole", [null], "entry 0 is null instead of a { peer } object"],
    ["strangers", [{ peer: neighbour(9) }], "unchoked peer 9, which is not connected"],
  ])("refuses %s", (_, answer, message) => {
    expect(verdict(() => answer)).toContain(message);
  });

  test("refuses a peer named twice, and more interested ones than slots", () => {
    expect(verdict((client) => peersOf(client, 1, 3, 1))).toContain("unchoked peer 1 twice");
    expect(verdict((client) => peersOf(client, 1, 2, 3))).toContain(
      "unchoked 3 interested peers, and there are 2 slots",
    );
  });

  test("counts only the interested ones, and none when the choker is unlimited", () => {
    const withIdle = (client: ScriptedClient) => {
      client.neighbours[2]!.peerInterested = false;
      return peersOf(client, 1, 2, 3);
    };
    expect(verdict(withIdle)).toBe("no error");
    expect(verdict((client) => peersOf(client, 1, 2, 3), true)).toBe("no error");
  });

  test.each([0, -1, Number.NaN, "fast", null])("refuses the rate %p", (rate) => {
    const answer = (client: ScriptedClient) => [{ peer: client.neighbours[0], rate }];
    expect(verdict(answer)).toContain("gave peer 1 the rate");
  });

  test("refuses a kind that traces do not know", () => {
    const answer = (client: ScriptedClient) => [{ peer: client.neighbours[0], kind: "lucky" }];
    expect(verdict(answer)).toContain('gave peer 1 the kind "lucky"');
  });

  test("refuses a reason that is no text", () => {
    const answer = (client: ScriptedClient) => [{ peer: client.neighbours[0], reason: 5 }];
    expect(verdict(answer)).toContain("gave peer 1 the reason 5. It must be a text");
    expect(verdict((client) => [{ peer: client.neighbours[0], reason: "why not" }])).toBe(
      "no error",
    );
  });

  test("hands on why a peer is choked, text or nothing, and tells what it throws", () => {
    const guarded = (whyChoked: unknown) => {
      const choker = { choose: () => [], whyChoked } as unknown as Choker;
      const client = new ScriptedClient(guardChoker(choker, "mine", "dsl/3", stoppedClock), 2);
      client.join(neighbours(1));
      client.timer();
      return client;
    };
    const byRound = (peer: Neighbour, { round }: ChokeRound) => `peer ${peer.number} in ${round}`;
    expect(guarded(byRound).reasons).toEqual({ 1: "peer 1 in 1" });
    expect(guarded(() => undefined).reasons).toEqual({ 1: undefined });
    expect(messageOf(() => guarded(() => 5).reasons)).toBe(
      'Choker "mine" of dsl/3, at 10 s, whyChoked(): returned 5 instead of a text or undefined.',
    );
    const failing = guarded(() => {
      throw new Error("no words");
    });
    expect(messageOf(() => failing.reasons)).toContain("whyChoked(): threw Error: no words");
  });

  test("guards joined and left too, and passes them on", () => {
    const heard: string[] = [];
    const listening: Choker = {
      choose: () => [],
      joined: (peer) => heard.push(`joined ${peer.number}`),
      left(peer) {
        heard.push(`left ${peer.number}`);
        throw new Error("gone");
      },
    };
    const guarded = guardChoker(listening, "mine", "dsl/3", stoppedClock);
    guarded.joined?.(neighbour(4), randomOf(1));
    const message = messageOf(() => guarded.left?.(neighbour(4)));
    expect(heard).toEqual(["joined 4", "left 4"]);
    expect(message).toContain('Choker "mine" of dsl/3, at 10 s, left(): threw Error: gone');
  });

  test("knows a peer as long as it is connected, and names it once in each answer", () => {
    const client = new ScriptedClient(
      guardChoker(
        { unlimited: true, choose: () => [{ peer: known }, ...more] },
        "mine",
        "dsl/3",
        stoppedClock,
      ),
      2,
    );
    const [known, other] = neighbours(2) as [FakeNeighbour, FakeNeighbour];
    let more: readonly Unchoke[] = [];
    expect(messageOf(() => client.timer())).toContain("unchoked peer 1, which is not connected");
    client.join([known, other]);
    for (let round = 0; round < 3; round++) expect(client.timer()).toEqual([1]);
    more = [{ peer: other }, { peer: known }];
    expect(messageOf(() => client.timer())).toContain("unchoked peer 1 twice");
    more = [];
    known.peerInterested = false;
    client.leave(known);
    expect(messageOf(() => client.timer())).toContain("unchoked peer 1, which is not connected");
  });

  describe("that names whom to serve", () => {
    const waiting = neighbours(2);
    const turn = { time: 10_000, waiting, random: randomOf("guard") };
    const guarded = (serve: unknown) =>
      guardChoker({ choose: () => [], serve } as unknown as Choker, "mine", "dsl/3", stoppedClock);

    test("lets those that wait pass, and nobody", () => {
      expect(guarded(() => waiting[1]).serve?.(turn)).toBe(waiting[1]);
      expect(guarded(() => undefined).serve?.(turn)).toBeUndefined();
      expect(guarded(() => null).serve?.(turn)).toBeUndefined();
    });

    test.each([
      ["a stranger", neighbour(7), "named peer 7, which does not wait"],
      ["a number", 1, "named 1, which does not wait"],
      ["an entry", { peer: waiting[0] }, "named an object with peer, which does not wait"],
    ])("refuses %s", (_, answer, text) => {
      expect(messageOf(() => guarded(() => answer).serve?.(turn))).toBe(
        `Choker "mine" of dsl/3, at 10 s, serve(): ${text}. Return one of turn.waiting, or undefined.`,
      );
    });

    test("tells what it throws", () => {
      const failing = guarded(() => {
        throw new Error("no turn");
      });
      expect(messageOf(() => failing.serve?.(turn))).toContain("serve(): threw Error: no turn");
    });
  });

  test.each(["sent", "received"] as const)("hands on %s, and takes true alone for true", (hook) => {
    const heard: unknown[] = [];
    const guarded = (answer: unknown) =>
      guardChoker(
        {
          choose: () => [],
          [hook]: (...args: unknown[]) => {
            heard.push(...args);
            return answer;
          },
        } as unknown as Choker,
        "mine",
        "dsl/3",
        stoppedClock,
      );
    const peer = neighbour(1);
    expect(guarded(true)[hook]?.(peer, 16_384)).toBe(true);
    expect(heard).toEqual([peer, 16_384]);
    for (const answer of [undefined, 1, "yes"]) {
      expect(guarded(answer)[hook]?.(peer, 1)).toBe(false);
    }
    const failing = {
      choose: () => [],
      [hook]: () => {
        throw new Error("no ears");
      },
    };
    const deaf = guardChoker(failing, "mine", "dsl/3", stoppedClock);
    expect(messageOf(() => deaf[hook]?.(peer, 1))).toContain(`${hook}(): threw Error: no ears`);
  });

  test("has no hook that the choker has not, and its flags", () => {
    const plain = guardChoker({ choose: () => [] }, "mine", "dsl/3", stoppedClock);
    expect([plain.serve, plain.sent, plain.received]).toEqual([undefined, undefined, undefined]);
    expect(plain.whyChoked).toBeUndefined();
    expect([plain.unlimited, plain.ignoresInterest]).toEqual([false, false]);
    const flagged = guardChoker(
      { choose: () => [], unlimited: true, ignoresInterest: true },
      "mine",
      "dsl/3",
      stoppedClock,
    );
    expect([flagged.unlimited, flagged.ignoresInterest]).toEqual([true, true]);
  });

  test("refuses what is no choker at all", () => {
    const message = messageOf(() => guardChoker({} as Choker, "mine", "dsl/3", stoppedClock));
    expect(message).toContain("instead of an object with a method choose(round)");
  });
});
