import { describe, expect, test } from "@jest/globals";
import type { Picker, RevealChoice } from "../../src/engine/picker.ts";
import { closeFisted, firstPiece, KIB, type Member, Net } from "../support/net.ts";

/** Shows the first piece that the peer lacks, and the next when it has that; hears who left. */
function oneByOne(): Picker & { readonly gone: number[] } {
  const gone: number[] = [];
  return {
    ...firstPiece,
    gone,
    reveal: ({ hidden, outstanding }) => (outstanding > 0 ? -1 : hidden.next(0)),
    left: (peer) => gone.push(peer.number),
  };
}

/** What `from` said to `to`, but for requests. */
function said(net: Net, from: Member, to: Member): string[] {
  const start = `${from.number}>${to.number} `;
  return net.messages
    .filter((one) => one.startsWith(start) && !/request|cancel/.test(one))
    .map((one) => one.slice(start.length));
}

function has(net: Net, owner: Member, other: Member): number[] {
  const { handle } = owner.to(other);
  const all = Array.from({ length: net.geometry.pieceCount }, (_, piece) => piece);
  return all.filter((piece) => owner.client.remotePieces.has(handle, piece));
}

describe("a client whose picker shows pieces", () => {
  test("sends no bitfield, and a have for what it shows", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const seeder = net.add({ pieces: "all", picker: oneByOne(), choker: closeFisted });
    const leecher = net.add();
    net.connect(leecher, seeder);
    net.run(25_000);
    expect(said(net, seeder, leecher)).toEqual(["handshake", "have 0"]);
    expect(has(net, leecher, seeder)).toEqual([0]);
    expect(leecher.to(seeder).amInterested).toBe(true);
  });

  test("shows nothing where the picker says so, and is asked again in every round", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const times: number[] = [];
    const picker: Picker = {
      ...firstPiece,
      reveal({ time }) {
        times.push(time);
        return -1;
      },
    };
    const seeder = net.add({ pieces: "all", picker });
    const leecher = net.add();
    net.connect(leecher, seeder);
    net.run(35_000);
    expect(said(net, seeder, leecher)).toEqual(["handshake"]);
    expect(times.filter((time) => time >= 10_000)).toEqual([10_000, 20_000, 30_000]);
    expect(times[0]).toBeLessThan(100);
  });

  test("goes on when it has sent a peer all of a piece, which the peer does not tell it", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const seeder = net.add({ pieces: "all", picker: oneByOne(), uplink: 64 * KIB });
    const leecher = net.add();
    net.connect(leecher, seeder);
    net.run(25_000);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
    expect(leecher.client.downloads.wasted).toBe(0);
    // The next is shown behind the last block of the one before, so that the peer stays interested.
    expect(said(net, seeder, leecher)).toEqual([
      ...["handshake", "have 0", "unchoke", "piece 0 0", "piece 0 16384"],
      ...["have 1", "piece 1 0", "piece 1 16384", "have 2", "piece 2 0", "piece 2 16384"],
    ]);
    expect(said(net, leecher, seeder)).toEqual(["handshake", "interested"]);
  });

  test("parts from a peer that has all, though it said so of none that it was shown", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const seeder = net.add({ pieces: "all", picker: oneByOne() });
    const leecher = net.add();
    net.connect(leecher, seeder);
    net.run(25_000);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
    expect(seeder.log).toContain("disconnected 1 both-seeding");
    expect(seeder.client.connections).toHaveLength(0);
    expect(leecher.client.connections).toHaveLength(0);
  });

  test("goes on when a peer wants nothing more, which got elsewhere what it was shown", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const showing = net.add({ pieces: "all", picker: oneByOne(), choker: closeFisted });
    const leecher = net.add();
    net.connect(leecher, showing);
    net.run(5_000);
    expect(said(net, showing, leecher)).toEqual(["handshake", "have 0"]);
    const other = net.add({ pieces: [0] });
    net.connect(leecher, other);
    net.run(15_000);
    expect(said(net, leecher, showing)).toEqual([
      ...["handshake", "interested", "notInterested", "interested"],
    ]);
    expect(said(net, showing, leecher)).toEqual(["handshake", "have 0", "have 1"]);
    expect(has(net, showing, leecher)).toEqual([0]);
    expect(showing.client.pieces.availability(0)).toBe(1);
  });

  test("takes it that a peer has what it shows no interest in, a round later", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const showing = net.add({ pieces: "all", picker: oneByOne(), choker: closeFisted });
    // It has two pieces, and does not say so.
    const secretive: Picker = { ...firstPiece, reveal: () => -1 };
    const leecher = net.add({ pieces: [0, 1], picker: secretive });
    net.connect(leecher, showing);
    net.run(35_000);
    expect(said(net, showing, leecher)).toEqual(["handshake", "have 0", "have 1", "have 2"]);
    expect(has(net, showing, leecher)).toEqual([0, 1]);
    expect(showing.to(leecher).peerInterested).toBe(true);
  });

  test("keeps count of a peer whose bitfield comes after we took it that it has a piece", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const settings = { rechokeInterval: 12 }; // rounds pass while messages are under way
    const seeder = net.add({ pieces: "all", picker: oneByOne(), choker: closeFisted, settings });
    const leecher = net.add({ pieces: [0, 1] });
    net.connect(leecher, seeder);
    net.run(29);
    expect(has(net, seeder, leecher)).toEqual([0]); // it wants nothing yet
    net.run(2);
    expect(has(net, seeder, leecher)).toEqual([0, 1]);
    const copies = () => [0, 1, 2].map((piece) => seeder.client.pieces.availability(piece));
    expect(copies()).toEqual([1, 1, 0]);
    seeder.client.close(seeder.to(leecher), "leaving");
    expect(copies()).toEqual([0, 0, 0]);
  });

  test("does not show what a peer says that it has", () => {
    const net = new Net(128 * KIB, 32 * KIB);
    const seeder = net.add({ pieces: "all", picker: oneByOne(), choker: closeFisted });
    const leecher = net.add({ pieces: [0, 1, 3] });
    // The first piece is shown with the handshake; what the peer has is known only after it.
    net.connect(leecher, seeder);
    net.run(1_000);
    expect(said(net, seeder, leecher)).toEqual(["handshake", "have 0", "have 2"]);
  });

  test("shows a peer more when another has what it was shown last", () => {
    const net = new Net(128 * KIB, 32 * KIB);
    // As super-seeding, without its wait.
    const picker: Picker = {
      ...firstPiece,
      reveal: ({ hidden, lastShown, availability }) =>
        lastShown < 0 || availability(lastShown) > 1 ? hidden.next(0) : -1,
    };
    const seeder = net.add({ pieces: "all", picker });
    const first = net.add();
    net.connect(first, seeder);
    net.run(25_000);
    expect(said(net, seeder, first).filter((one) => one.startsWith("have"))).toEqual(["have 0"]);
    expect(first.client.pieces.have.count).toBe(1);
    const second = net.add();
    net.connect(second, first);
    net.connect(second, seeder);
    net.run(15_000);
    expect(said(net, seeder, first)).toContain("have 1");
    expect(first.client.pieces.have.isComplete).toBe(true);
  });

  test("as a leecher shows what it gets, and announces nothing else", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const seeder = net.add({ pieces: "all" });
    const middle = net.add({ picker: oneByOne() });
    const poor = net.add({ choker: closeFisted });
    net.connect(middle, poor);
    net.run(1_000);
    expect(said(net, middle, poor)).toEqual(["handshake"]);
    middle.isUploading = false;
    net.connect(middle, seeder);
    net.run(15_000);
    expect(middle.client.pieces.have.isComplete).toBe(true);
    expect(said(net, middle, poor).filter((one) => one.startsWith("have"))).toEqual(["have 0"]);
    middle.isUploading = true;
    net.run(25_000);
    expect(poor.client.pieces.have.isComplete).toBe(true);
  });

  test("tells its picker who left, and begins anew with who comes back", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const picker = oneByOne();
    const seeder = net.add({ pieces: "all", picker, choker: closeFisted });
    const leecher = net.add();
    net.connect(leecher, seeder);
    net.run(1_000);
    const { number } = seeder.to(leecher);
    seeder.client.close(seeder.to(leecher), "leaving");
    expect(picker.gone).toEqual([number]);
    net.run(1_000);
    net.connect(leecher, seeder);
    net.run(1_000);
    expect(said(net, seeder, leecher).filter((one) => one === "have 0")).toHaveLength(2);
  });
});

describe("a client whose picker shows pieces as a seeder only", () => {
  /** Shows one piece at a time; hears whom it is asked for. */
  const later = (asked: number[] = []): Picker => {
    const picker = oneByOne();
    const reveal = (choice: RevealChoice) => {
      asked.push(choice.completed);
      return picker.reveal?.(choice) ?? -1;
    };
    return { ...picker, reveal, hidesOnlyAsSeeder: true };
  };

  /** A leecher with piece 0 of three that gets the others, and a poor one that gets nothing until `isUploading`. */
  function completing(picker: Picker) {
    const net = new Net(96 * KIB, 32 * KIB);
    const seeder = net.add({ pieces: "all" });
    const middle = net.add({ picker, pieces: [0] });
    const poor = net.add({ choker: closeFisted });
    middle.isUploading = false;
    net.connect(middle, poor);
    net.run(1_000);
    net.connect(middle, seeder);
    net.run(15_000);
    expect(middle.client.pieces.have.isComplete).toBe(true);
    return { net, middle, poor };
  }

  test("tells of its pieces like others while it leeches, and hides the last one", () => {
    const asked: number[] = [];
    const { net, middle, poor } = completing(later(asked));
    const told = said(net, middle, poor).filter((one) => /have|bitfield/.test(one));
    expect(told).toEqual(["bitfield", expect.stringMatching(/^have [12]$/)]);
    expect(new Set(asked)).toEqual(new Set([3])); // never before it was complete
  });

  test("goes on when a peer has what it was told of before", () => {
    const { net, middle, poor } = completing(later());
    middle.isUploading = true;
    net.run(45_000);
    expect(poor.client.pieces.have.isComplete).toBe(true);
    expect(said(net, middle, poor).filter((one) => one.startsWith("have"))).toHaveLength(2);
    // Of those that were there before it counts the blocks too: when the last has left it parts, and is not told first.
    const last = middle.log.findLastIndex((one) => one.startsWith("blockSent 2 "));
    expect(middle.log.slice(last + 1)).toContain("disconnected 2 both-seeding");
    expect(said(net, poor, middle)).toEqual(["handshake", "interested"]);
  });

  test("shows newcomers one piece after another", () => {
    const { net, middle } = completing(later());
    const newcomer = net.add({ choker: closeFisted });
    net.connect(newcomer, middle);
    net.run(5_000);
    const told = said(net, middle, newcomer).filter((one) => /have|bitfield/.test(one));
    expect(told).toEqual(["have 0"]);
    middle.isUploading = true;
    net.run(45_000);
    expect(newcomer.client.pieces.have.isComplete).toBe(true);
  });

  test("hides from the start when it has all", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const seeder = net.add({ pieces: "all", picker: later(), choker: closeFisted });
    const leecher = net.add();
    net.connect(leecher, seeder);
    net.run(25_000);
    expect(said(net, seeder, leecher)).toEqual(["handshake", "have 0"]);
  });
});
