import { describe, expect, test } from "@jest/globals";
import { liveProblems } from "../../../../src/live/swarm/limits.ts";
import { MBIT, MIB, origin, peerClass, scenario } from "../../../support/scenarios.ts";

describe("a scenario for real sockets", () => {
  const home = peerClass("home", { count: 10 });

  test("that is small has no problem", () => {
    expect(liveProblems(scenario([origin(), home]))).toEqual([]);
  });

  test("names the key of what only a simulation can do", () => {
    const polluter = peerClass("polluter", { count: 1, corrupts: 0.5 });
    const problems = liveProblems(scenario([origin(), home, polluter], { wire: "bytes" }));
    expect(problems.map((one) => one.split(":", 1)[0])).toEqual([
      "wire",
      "peers.polluter.corrupts",
    ]);
  });

  test("has at most a hundred peers, whichever class they are of", () => {
    const problems = liveProblems(scenario([origin(), home, peerClass("crowd", { count: 90 })]));
    expect(problems).toEqual([
      "peers: 101 would come, and at most 100 can be live on one machine. Give fewer, as in --set peers.crowd.count=20.",
    ]);
  });

  test("has files that a disk has room for", () => {
    const torrent = { size: 1024 * MIB, pieceLength: MIB };
    const [problem] = liveProblems(scenario([origin(), home], { torrent }));
    expect(problem).toMatch(/^torrent\.size: the files of 11 peers would take 11\.0 GiB, /);
  });

  test("has uplinks that one process keeps up with", () => {
    const fast = peerClass("fast", { count: 10, upload: 30 * MBIT });
    const [problem] = liveProblems(scenario([origin(), fast]));
    expect(problem).toMatch(/^peers\.\*\.upload: all uplinks together have 308 Mbit\/s, /);
  });
});
