import { expect, test } from "@jest/globals";
import type { Neighbour } from "../../src/engine/choker.ts";
import { simulate } from "../../src/sim/simulate.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";
import { addStrategies } from "../../src/strategies/registry.ts";
import { MIB, origin, peerClass, scenario } from "../support/scenarios.ts";

test("clients of a marked strategy are known by it, to their kind and to others, and nobody else is", () => {
  const seen = new Map<string, number>();
  const looking = (name: string) => ({
    ...{ name, summary: "Looks at marks.", mark: name === "marked" ? "MINE" : "" },
    create: () => ({
      choose: () => [],
      joined: ({ mark }: Neighbour) => {
        seen.set(`${name} ${mark}`, (seen.get(`${name} ${mark}`) ?? 0) + 1);
      },
    }),
  });
  const marked = looking("marked");
  const { mark: _, ...plain } = looking("plain");
  const strategies = addStrategies(builtInStrategies, { chokers: [marked, plain] });
  for (const wire of ["direct", "bytes"] as const) {
    seen.clear();
    simulate(
      scenario(
        [
          origin(),
          peerClass("kin", { count: 3, choker: "marked" }),
          peerClass("other", { count: 2, choker: "plain" }),
          peerClass("tyrant", { count: 2, choker: "bittyrant" }),
        ],
        {
          wire,
          torrent: { size: MIB, pieceLength: MIB / 4 },
          stop: { when: "time", atMost: 5_000 },
        },
      ),
      { strategies },
    );
    expect(Object.fromEntries([...seen].sort())).toEqual({
      ...{ "marked MINE": 3 * 2, "marked ": 3 * (2 + 1), "marked TYRT": 3 * 2 },
      ...{ "plain MINE": 2 * 3, "plain ": 2 * (1 + 1), "plain TYRT": 2 * 2 },
    });
  }
});
