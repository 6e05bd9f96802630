import { describe, expect, test } from "@jest/globals";
import { Bitfield } from "../../../src/core/bitfield.ts";
import type { Choker } from "../../../src/engine/choker.ts";
import type { Picker } from "../../../src/engine/picker.ts";
import { guardChoker } from "../../../src/strategies/guard-choker.ts";
import { guardPicker } from "../../../src/strategies/guard-picker.ts";
import { StrategyError } from "../../../src/strategies/strategy-error.ts";
import {
  neighbour,
  neighbours,
  randomOf,
  ScriptedClient,
  stoppedClock,
} from "../../support/neighbours.ts";

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

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(StrategyError);
    return (error as StrategyError).message;
  }
  return "no error";
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
    expect(message).toMatch(/guard\.test\.ts:\d+:\d+\)$/);
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

  test("refuses what is no choker at all", () => {
    const message = messageOf(() => guardChoker({} as Choker, "mine", "dsl/3", stoppedClock));
    expect(message).toContain("instead of an object with a method choose(round)");
  });
});

describe("the guard of a picker", () => {
  const candidates = new Bitfield(8);
  candidates.set(2);
  candidates.set(5);
  const choice = {
    candidates,
    pieceCount: 8,
    completed: 3,
    availability: () => 1,
    random: randomOf("guard"),
  };

  test("lets a candidate pass", () => {
    expect(guardPicker({ pick: () => 5 }, "mine", "dsl/3", stoppedClock).pick(choice)).toBe(5);
  });

  test.each([3, -1, 8, 2.5, Number.NaN, undefined, "2", 2 ** 32 + 2])("refuses %p", (piece) => {
    const guarded = guardPicker({ pick: () => piece as number }, "mine", "dsl/3", stoppedClock);
    expect(messageOf(() => guarded.pick(choice))).toMatch(
      /^Picker "mine" of dsl\/3, at 10 s, pick\(\): picked .* not one of the candidates, with 3 of 8 pieces/,
    );
  });

  test("names strategy and peer when it throws", () => {
    const failing: Picker = {
      pick() {
        throw new RangeError("none left");
      },
    };
    expect(
      messageOf(() => guardPicker(failing, "mine", "dsl/3", stoppedClock).pick(choice)),
    ).toContain('Picker "mine" of dsl/3, at 10 s, pick(): threw RangeError: none left');
  });
});
