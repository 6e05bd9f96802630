import { describe, expect, test } from "@jest/globals";
import { Bitfield } from "../../src/core/bitfield.ts";
import type { PeerMessages } from "../../src/wire/messages.ts";
import { closeFisted, KIB, type Member, Net } from "../support/net.ts";

/** A net with a victim, a bystander, and a hostile member whose words to the victim the test chooses. */
function hostileNet(): { net: Net; victim: Member; bystander: Member; say: PeerMessages } {
  const net = new Net(128 * KIB, 64 * KIB);
  const victim = net.add({ pieces: [0] });
  const bystander = net.add({ choker: closeFisted });
  const hostile = net.add({ pieces: [1], choker: closeFisted });
  net.connect(bystander, victim);
  net.connect(hostile, victim);
  net.run(11_000);
  return {
    net,
    victim,
    bystander,
    say: net.speakers.get(hostile.to(victim).handle) as PeerMessages,
  };
}

describe("a peer that breaks the protocol loses its connection, and nobody else does", () => {
  const crimes: Record<string, (say: PeerMessages) => void> = {
    "has a piece beyond the last": (say) => say.have(2),
    "has a negative piece": (say) => say.have(-1),
    "asks for a piece beyond the last": (say) => say.request(2, 0, 16 * KIB),
    "asks for a piece that we lack": (say) => say.request(1, 0, 16 * KIB),
    "asks beyond the end of the piece": (say) => say.request(0, 60 * KIB, 16 * KIB),
    "asks for nothing": (say) => say.request(0, 0, 0),
    "asks for too much": (say) => say.request(0, 0, 2 ** 17 + 1),
    "sends a block beyond the piece": (say) => say.piece(1, 64 * KIB, { length: 16 * KIB }),
    "sends a block off the grid": (say) => say.piece(1, 100, { length: 16 * KIB }),
    "sends a block that is too short": (say) => say.piece(1, 0, { length: 100 }),
  };
  for (const [crime, commit] of Object.entries(crimes)) {
    test(crime, () => {
      const { net, victim, bystander, say } = hostileNet();
      commit(say);
      net.run(1_000);
      expect(victim.log).toContain("disconnected 2 protocol-error");
      expect(victim.client.open.map((one) => one.remote)).toEqual([bystander.number]);
    });
  }

  test("a bitfield that comes late is as good as haves, and takes none back", () => {
    const { net, victim, say } = hostileNet();
    const late = new Bitfield(2);
    late.set(0);
    say.bitfield(late);
    net.run(1_000);
    const connection = victim.client.open.find((one) => one.remote === 2);
    expect(victim.client.cells.pieces(connection?.handle as number)).toBe(2);
  });

  test("a flood of requests is bounded", () => {
    const { net, victim, say } = hostileNet();
    say.interested();
    net.run(11_000);
    victim.isUploading = false;
    for (let i = 0; i < 1_000; i++) say.request(0, 0, 16 * KIB);
    net.run(100);
    const connection = victim.client.open.find((one) => one.remote === 2);
    expect(connection?.queuedRequests).toBe(250);
  });

  test("an unasked block is counted as waste and changes nothing", () => {
    const { net, victim, say } = hostileNet();
    say.piece(0, 0, { length: 16 * KIB });
    net.run(100);
    expect(victim.client.downloads.wasted).toBe(16 * KIB);
    expect(victim.client.connections).toHaveLength(2);
  });
});

describe("handshakes", () => {
  test("a peer of another torrent is turned away", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const a = net.add();
    const b = net.add({ infohash: 8 });
    net.connect(a, b);
    net.run(1_000);
    expect(b.log).toContain("refused 0 wrong-infohash");
    expect(a.client.connections).toHaveLength(0);
  });

  test("a connection to ourselves is dropped", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const a = net.add();
    const b = net.add({ peerIdOf: 0 });
    net.connect(a, b);
    net.run(1_000);
    expect(b.log).toContain("refused 0 self");
  });

  test("of two connections to one peer the later goes; of crossed ones both sides keep the same", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const a = net.add();
    const b = net.add();
    net.connect(a, b);
    net.connect(a, b);
    net.run(1_000);
    expect(a.client.open).toHaveLength(1);
    expect(b.client.open).toHaveLength(1);
    const c = net.add();
    net.connect(b, c);
    net.connect(c, b);
    net.run(1_000);
    const numbers = [b.to(c).number, c.to(b).number];
    expect(c.client.open).toHaveLength(1);
    expect(Math.abs((numbers[0] as number) - (numbers[1] as number))).toBe(1);
    expect(b.to(c).isOutgoing).toBe(true); // the smaller peer id dialled it
    // One that never was a connection is no loss of one: who counts connections must not subtract it.
    for (const { log, client } of [a, b, c]) {
      expect(count(log, "connected") - count(log, "disconnected")).toBe(client.open.length);
    }
  });

  test("a peer that never shakes hands is dropped after the time-out", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const a = net.add();
    a.client.connected(99, 99, 5, false);
    net.run(20_000);
    expect(a.client.connections).toHaveLength(1);
    net.run(20_000);
    expect(a.client.connections).toHaveLength(0);
    expect(a.log).toContain("refused 5 handshake-timeout");
  });
});

describe("wrong hashes", () => {
  test("a piece with a wrong hash is asked again, and who supplied all of it is banned", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const liar = net.add({ pieces: "all" });
    const leecher = net.add();
    leecher.badPieces.add(0);
    net.connect(leecher, liar);
    net.run(12_000);
    expect(leecher.log).toContain("pieceFailed 0");
    expect(leecher.log).toContain("banned 0");
    expect(leecher.client.connections).toHaveLength(0);
    const honest = net.add({ pieces: "all" });
    net.connect(leecher, honest);
    net.connect(leecher, liar);
    net.run(12_000);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
    expect(leecher.log.filter((one) => one === "connected 0")).toHaveLength(1);
    expect(leecher.client.downloads.wasted).toBe(64 * KIB);
  });

  test("who is banned is not dialled again when the tracker names it", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const liar = net.add({ pieces: "all" });
    const leecher = net.add({ settings: { maxInitiate: 1 } });
    leecher.badPieces.add(0);
    net.connect(leecher, liar);
    net.run(12_000);
    expect(leecher.log).toContain("banned 0");
    leecher.client.announced([0, 7]);
    expect(leecher.dialled).toEqual([7]);
  });

  test("who dialled us and is banned leaves the addresses that we would dial", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const liar = net.add({ pieces: "all" });
    const leecher = net.add({ settings: { maxInitiate: 1 } });
    leecher.badPieces.add(0);
    // One dial takes the only place; the liar's address waits, and meanwhile it dials us itself.
    leecher.client.announced([7, 0, 8]);
    net.connect(liar, leecher);
    net.run(12_000);
    expect(leecher.log).toContain("banned 0");
    leecher.client.dialFailed();
    expect(leecher.dialled).toEqual([7, 8]);
  });

  test("nobody is banned for a piece that several peers supplied", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const settings = { pipeline: { rule: "fixed", requests: 2 } } as const;
    const a = net.add({ pieces: "all", uplink: 100_000 });
    const b = net.add({ pieces: "all", uplink: 100_000 });
    const leecher = net.add({ settings });
    leecher.badPieces.add(0);
    net.connect(leecher, a);
    net.connect(leecher, b);
    net.run(20_000);
    expect(leecher.log).toContain("pieceFailed 0");
    expect(leecher.log.some((one) => one.startsWith("banned"))).toBe(false);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
  });
});

describe("silence", () => {
  test("an idle connection gets keep-alives every two minutes, and stays", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const a = net.add();
    const b = net.add();
    net.connect(a, b);
    net.run(700_000);
    const sent = net.messages.filter((one) => one === "0>1 keepAlive").length;
    expect(sent).toBeGreaterThanOrEqual(4);
    expect(sent).toBeLessThanOrEqual(6);
    expect(a.client.open).toHaveLength(1);
  });

  test("a peer that fell silent is given up after the idle time-out", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const a = net.add();
    const b = net.add();
    net.connect(a, b);
    net.run(1_000);
    b.client.dispose(); // crashed: no goodbye
    b.wakeUpAt = Number.POSITIVE_INFINITY;
    net.run(400_000);
    expect(a.log).toContain("disconnected 1 idle-timeout");
  });
});

function count(log: readonly string[], event: string): number {
  return log.filter((line) => line.startsWith(`${event} `)).length;
}
