import type { AnnounceEvent } from "../../src/core/announce.ts";
import { Geometry } from "../../src/core/geometry.ts";
import type { Random } from "../../src/core/random.ts";
import { Arenas } from "../../src/engine/arenas.ts";
import type { Choker } from "../../src/engine/choker.ts";
import { Client } from "../../src/engine/client.ts";
import type { Connection } from "../../src/engine/connection.ts";
import type { Host } from "../../src/engine/host.ts";
import type { RechokeReport } from "../../src/engine/observer.ts";
import type { Outgoing } from "../../src/engine/outgoing.ts";
import type { Picker } from "../../src/engine/picker.ts";
import { profiles } from "../../src/engine/profiles.ts";
import type { ClientSettings } from "../../src/engine/settings.ts";
import { reservedBytes } from "../../src/wire/handshake.ts";
import type { FastMessages, PeerMessages } from "../../src/wire/messages.ts";
import { logger } from "./logger.ts";

export const KIB = 1024;

/** A small generator (mulberry32), so that tests need no package for their chance. */
export function testRandom(seed: number): Random {
  let state = seed;
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    },
  };
}

/** Unchokes everybody who is interested. */
export const openHanded: Choker = {
  unlimited: true,
  choose: ({ candidates }) => candidates.map((peer) => ({ peer })),
};

/** Unchokes nobody. */
export const closeFisted: Choker = { choose: () => [] };

export const firstPiece: Picker = {
  pick: ({ candidates }) => candidates.next(0),
  ownFirstPieces: true,
};

export interface MemberOptions {
  readonly pieces?: "all" | readonly number[];
  readonly choker?: Choker;
  /** When it has every piece; the same by default. */
  readonly seedChoker?: Choker;
  readonly picker?: Picker;
  readonly settings?: Partial<ClientSettings>;
  readonly infohash?: number;
  /** It offers BEP 6. */
  readonly isFast?: boolean;
  /** Another member's number to take the peer id of. */
  readonly peerIdOf?: number;
  /** Bytes per second; the uplink sends one block at a time. */
  readonly uplink?: number;
  /** Each choking round is put here, and into its log as "rechoked". */
  readonly rounds?: RechokeReport[];
}

type Wire = { readonly from: Member; to: Connection | undefined; readonly log: string[] };

/** One client with its driver: everything is written to `log`, and delivered by `Net.run`. */
export class Member implements Host {
  readonly net: Net;
  readonly number: number;
  readonly client: Client;
  readonly clock: { now: number };
  readonly random;
  readonly log: string[] = [];
  readonly announces: AnnounceEvent[] = [];
  readonly dialled: number[] = [];
  /** Pieces whose hash will be wrong. */
  readonly badPieces = new Set<number>();
  wakeUpAt = Number.POSITIVE_INFINITY;
  /** False: blocks are asked for and not sent. */
  isUploading = true;
  private uplinkFreeAt = 0;
  private readonly uplink: number;
  private readonly arenas: Arenas;

  constructor(net: Net, number: number, options: MemberOptions) {
    this.net = net;
    this.number = number;
    this.clock = net.clock;
    this.uplink = options.uplink ?? Number.POSITIVE_INFINITY;
    const random = testRandom(number + 1);
    this.random = { choker: random, picker: random, peers: random };
    this.arenas = new Arenas(net.geometry);
    this.out = outgoing(net, this);
    const all = Array.from({ length: net.geometry.pieceCount }, (_, piece) => piece);
    const choker = options.choker ?? openHanded;
    this.client = new Client({
      number,
      handshake: {
        reserved: reservedBytes({ fast: options.isFast === true }),
        infohash: new Uint8Array(20).fill(options.infohash ?? 7),
        peerId: new Uint8Array(20).fill((options.peerIdOf ?? number) + 65),
      },
      settings: { ...profiles["mainline-4"], ...options.settings },
      uplink: this.uplink,
      arenas: this.arenas,
      host: this,
      observer: logger(this.log, options.rounds),
      choker,
      seedChoker: options.seedChoker ?? choker,
      picker: options.picker ?? firstPiece,
      pieces: options.pieces === "all" ? all : (options.pieces ?? []),
    });
  }

  readonly out: Outgoing;

  readonly storage = {
    write: () => {},
    block: (_piece: number, _begin: number, length: number) => ({ length }),
    verify: (_client: number, piece: number) => {
      const isRight = !this.badPieces.delete(piece);
      this.net.later(0, () => this.client.pieceVerified(piece, isRight));
    },
  };

  wakeAt(at: number): void {
    this.wakeUpAt = at;
  }

  dial(address: number): void {
    this.dialled.push(address);
  }

  announce(event: AnnounceEvent): void {
    this.announces.push(event);
  }

  /** Sends what the uplink takes by now. */
  pump(): void {
    while (this.isUploading && this.uplinkFreeAt <= this.clock.now) {
      if (!this.client.sendBlock()) return;
      const span = (16 * KIB * 1000) / this.uplink;
      this.uplinkFreeAt = this.clock.now + span;
      if (span > 0) this.net.later(span, () => this.pump());
    }
  }

  /** The connection to `other`, as this side has it. */
  to(other: Member): Connection {
    const found = this.client.connections.find((one) => one.remote === other.number);
    if (found === undefined)
      throw new Error(`member ${this.number} has no connection to ${other.number}`);
    return found;
  }
}

/** Clients on one clock, joined by links with a delay: enough network to test the engine with. */
export class Net {
  readonly clock = { now: 0 };
  readonly geometry: Geometry;
  readonly members: Member[] = [];
  /** Every message as `from>to name args`. */
  readonly messages: string[] = [];
  readonly delay: number;
  private readonly queue: { at: number; run: () => void }[] = [];
  /** By handle: what the member at this end of a connection can say to the other end. */
  readonly speakers = new Map<number, PeerMessages & FastMessages>();
  private readonly wires = new Map<number, Wire>();
  private connections = 0;
  private handles = 0;

  constructor(size: number, pieceLength: number, delay = 10) {
    this.geometry = new Geometry(size, pieceLength);
    this.delay = delay;
  }

  add(options: MemberOptions = {}): Member {
    const member = new Member(this, this.members.length, options);
    this.members.push(member);
    member.client.start();
    return member;
  }

  connect(a: Member, b: Member): void {
    const numbers = [++this.connections, ++this.connections] as const;
    a.client.peers.dialling++;
    this.attach(b, numbers[1], numbers[0], a, false);
    this.attach(a, numbers[0], numbers[1], b, true);
  }

  later(delay: number, run: () => void): void {
    this.queue.push({ at: this.clock.now + delay, run });
  }

  /** Runs for `span` ms. */
  run(span: number): void {
    const end = this.clock.now + span;
    for (;;) {
      let next = -1;
      this.queue.forEach((one, i) => {
        if (next < 0 || one.at < (this.queue[next] as { at: number }).at) next = i;
      });
      const event = this.queue[next];
      const sleeper = this.members.reduce((a, b) => (b.wakeUpAt < a.wakeUpAt ? b : a));
      const at = Math.min(event?.at ?? Number.POSITIVE_INFINITY, sleeper.wakeUpAt);
      if (at > end) break;
      this.clock.now = at;
      if (event !== undefined && event.at === at) {
        this.queue.splice(next, 1);
        event.run();
      } else {
        sleeper.wakeUpAt = Number.POSITIVE_INFINITY;
        sleeper.client.timeout();
      }
      for (const member of this.members) member.pump();
    }
    this.clock.now = end;
  }

  hangUp(handle: number, by: Member): void {
    const wire = this.wires.get(by.client.connectionOf(handle).number);
    this.messages.push(`${by.number} hangs up`);
    this.later(this.delay, () => {
      if (wire?.to !== undefined) wire.to.client.disconnected(wire.to);
    });
  }

  private attach(
    own: Member,
    number: number,
    remoteNumber: number,
    remote: Member,
    isOutgoing: boolean,
  ): void {
    const wire: Wire = { from: own, to: undefined, log: this.messages };
    this.wires.set(number, wire);
    const handle = this.handles++;
    this.speakers.set(handle, this.speaker(own, remote, wire));
    const connection = own.client.connected(number, handle, remote.number, isOutgoing);
    const back = this.wires.get(remoteNumber);
    if (back !== undefined) {
      back.to = connection;
      wire.to = remote.client.connections.find((one) => one.number === remoteNumber);
    }
  }

  private speaker(own: Member, remote: Member, wire: Wire): PeerMessages & FastMessages {
    const names = [
      "handshake keepAlive choke unchoke interested notInterested have bitfield request piece cancel",
      "haveAll haveNone suggestPiece rejectRequest allowedFast",
    ].flatMap((line) => line.split(" "));
    const speaker: Record<string, (...args: unknown[]) => void> = {};
    for (const name of names) {
      speaker[name] = (...args: unknown[]) => {
        const shown = args.filter((one) => typeof one === "number").join(" ");
        this.messages.push(`${own.number}>${remote.number} ${name} ${shown}`.trim());
        this.later(this.delay, () => {
          const { to } = wire;
          if (to === undefined || to.isClosed) return;
          (to as unknown as Record<string, (...args: unknown[]) => void>)[name]?.(...args);
        });
      };
    }
    return speaker as unknown as PeerMessages & FastMessages;
  }
}

/** What a client says, handed to the speaker of the connection. */
function outgoing(net: Net, member: Member): Outgoing {
  const to = (handle: number) => net.speakers.get(handle) as PeerMessages & FastMessages;
  return {
    handshake: (handle, handshake) => to(handle).handshake(handshake),
    keepAlive: (handle) => to(handle).keepAlive(),
    choke: (handle) => to(handle).choke(),
    unchoke: (handle) => to(handle).unchoke(),
    interested: (handle) => to(handle).interested(),
    notInterested: (handle) => to(handle).notInterested(),
    have: (handles, piece) => {
      for (const handle of handles) to(handle).have(piece);
    },
    bitfield: (handle, pieces) => to(handle).bitfield(pieces),
    request: (handle, piece, begin, length) => to(handle).request(piece, begin, length),
    piece: (handle, piece, begin, length) => to(handle).piece(piece, begin, { length }),
    cancel: (handle, piece, begin, length) => to(handle).cancel(piece, begin, length),
    haveAll: (handle) => to(handle).haveAll(),
    haveNone: (handle) => to(handle).haveNone(),
    rejectRequest: (handle, piece, begin, length) => to(handle).rejectRequest(piece, begin, length),
    hangUp: (handle) => net.hangUp(handle, member),
  };
}
