import { describe, expect, test } from "@jest/globals";
import { lastCompletion, p50, runShipped, shareRatio, shipped } from "../../support/shipped.ts";

describe.each(["1", "2", "3"])("with seed %s", (seed) => {
  const run = (name: string, ...set: string[]) => runShipped(name, { seed, set });

  test("client-server: the time is that of the server's uplink, and grows with the clients", () => {
    const { size } = shipped("client-server").torrent;
    const fluid = (40 * size) / 1_000_000;
    const last = lastCompletion(run("client-server"));
    expect(last).toBeGreaterThan(fluid);
    expect(last).toBeLessThan(1.06 * fluid); // headers 2.7 %, the start
    const half = lastCompletion(run("client-server", "peers.home.count=20"));
    expect(last / half).toBeGreaterThan(1.8);
    expect(last / half).toBeLessThan(2.2);
  });

  test("client-server: with peers it takes a fraction of that, and hardly grows with their number", () => {
    const peers = (count: number) =>
      lastCompletion(
        run("client-server", "peers.home.choker=tit-for-tat", `peers.home.count=${count}`),
      );
    expect(peers(40)).toBeLessThan(lastCompletion(run("client-server")) / 6);
    expect(peers(80)).toBeLessThan(1.5 * peers(20)); // four times as many
  });

  test("piece-size: few large pieces cost what store and forward of a piece costs", () => {
    const small = run("piece-size");
    const large = run("piece-size", "torrent.pieceLength=4 MiB");
    expect(small.summary.bound.ratio).toBeLessThan(1.32); // 1.16 to 1.26
    // Yang and de Veciana: 1 + log2(40) / m, which is 1.04 for m = 128 and 2.33 for m = 4: 2.2 times.
    expect(lastCompletion(large)).toBeGreaterThan(1.95 * lastCompletion(small));
    expect(lastCompletion(large)).toBeLessThan(2.5 * lastCompletion(small));
  });

  test("flashcrowd: twice the bound and less, fibre pays, and more people take hardly longer", () => {
    const crowd = (dsl: number) => [
      `peers.dsl.count=${dsl}`,
      `peers.cable.count=${dsl / 2}`,
      `peers.fibre.count=${dsl / 6}`,
    ];
    const result = run("flashcrowd", ...crowd(60));
    expect(lastCompletion(result)).toBeGreaterThan(0);
    expect(result.summary.bound.ratio).toBeLessThan(2.2); // 1.6 to 1.9
    expect(shareRatio(result, "fibre")).toBeGreaterThan(2);
    expect(shareRatio(result, "dsl")).toBeLessThan(0.6);
    expect(p50(result, "dsl")).toBeGreaterThan(p50(result, "fibre"));
    const small = run("flashcrowd", ...crowd(12));
    expect(lastCompletion(result)).toBeLessThan(1.5 * lastCompletion(small)); // five times as many
  });

  test("hello: nineteen peers in under two minutes, and a trace one can read", () => {
    const { summary } = run("hello");
    expect(summary.peers.completed).toBe(19);
    expect(summary.simulatedSeconds).toBeLessThan(120); // 93 to 108
    expect(summary.blocks).toBe(19 * 64);
  });
});
