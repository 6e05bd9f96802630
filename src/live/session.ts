import type { Socket } from "node:net";
import { sameBytes } from "../core/bytes.ts";
import type { Endpoint } from "../core/endpoint.ts";
import { Arenas } from "../engine/arenas.ts";
import { Client } from "../engine/client.ts";
import type { Host } from "../engine/host.ts";
import {
  decodeExtensionHandshake,
  EXTENSION_HANDSHAKE,
  encodeExtensionHandshake,
} from "../wire/extension-handshake.ts";
import { offersExtensions, reservedBytes } from "../wire/handshake.ts";
import { MessageLengths } from "../wire/message-lengths.ts";
import type { Block, Handshake } from "../wire/messages.ts";
import { WireError } from "../wire/wire-error.ts";
import { Alarm } from "./alarm.ts";
import { Downlink } from "./downlink.ts";
import { Links, type LinksOwner } from "./links.ts";

import { type LinkOwner, PeerLink } from "./peer-link.ts";
import type { SessionOptions } from "./session-options.ts";
import { Switchboard } from "./switchboard.ts";
import { Uplink, type UplinkOwner } from "./uplink.ts";

/** Bytes of messages that a peer may leave unread before it costs it the connection. */
const MOST_UNREAD = 8_388_608;

/**
 * The engine among real peers: one client with its sockets. Every input sets the clock, runs the engine to its end, takes
 * blocks for the uplink, and then hands to the system what was said.
 */
export class Session implements LinkOwner, LinksOwner, UplinkOwner {
  readonly client: Client;
  readonly links: Links;
  readonly switchboard: Switchboard;
  private readonly options: SessionOptions;
  private readonly reserved = reservedBytes({ fast: true, extensions: true });
  private readonly lengths: MessageLengths;
  private readonly uplink: Uplink;
  private readonly downlink: Downlink;
  private readonly engineAlarm: Alarm;
  private readonly uplinkAlarm: Alarm;
  private readonly downlinkAlarm: Alarm;
  private isOver = false;
  private lastNumber = 0;

  constructor(options: SessionOptions) {
    this.options = options;
    const { clock, store, geometry, settings } = options;
    this.lengths = new MessageLengths(geometry.pieceCount);
    this.links = new Links(this);
    const blockBytes = (length: number) => options.access?.blockBytes(length) ?? length;
    this.uplink = new Uplink(options.uplink, clock, store, this, blockBytes);
    this.downlinkAlarm = new Alarm(clock, () => this.input(() => {}));
    this.downlink = new Downlink(options.downlink, clock, store, this.links, (at) =>
      this.downlinkAlarm.set(at),
    );
    this.engineAlarm = new Alarm(clock, () => this.input(() => this.timeout()));
    this.uplinkAlarm = new Alarm(clock, () => this.input(() => {}));
    this.switchboard = new Switchboard(options, settings, clock, {
      hasRoom: () => !this.isOver && this.hasRoom,
      opened: (socket, remote, isOutgoing) =>
        this.input(() => this.attach(socket, remote, isOutgoing)),
      dialFailed: () => this.input(() => this.client.dialFailed()),
    });
    const { number, infohash, peerId, observer, uplink } = options;
    this.client = new Client({
      number,
      handshake: { reserved: this.reserved, infohash, peerId },
      settings,
      uplink,
      arenas: new Arenas(geometry),
      host: this.host(),
      observer,
      ...options.strategies,
      pieces: options.pieces,
    });
  }

  /** Rejects with the system's error when that cannot be. */
  listen(): Promise<void> {
    return this.switchboard.listen();
  }

  /** Joins the swarm. */
  start(): void {
    this.input(() => this.client.start());
  }

  /** Peers that the user named. */
  peersNamed(endpoints: readonly Endpoint[]): void {
    const { book } = this.switchboard;
    for (const endpoint of endpoints) book.pin(endpoint);
    this.input(() => this.client.offered(book.due(this.options.clock.now)));
  }

  /** A tracker answered with peers. */
  peersFound(endpoints: readonly Endpoint[]): void {
    this.input(() => {
      const { now } = this.options.clock;
      this.client.announced(this.switchboard.book.dialable(endpoints, now));
    });
  }

  /** The storage's verdict. */
  pieceVerified(piece: number, isRight: boolean): void {
    this.input(() => this.client.pieceVerified(piece, isRight));
  }

  /** The storage has room again. */
  storeDrained(): void {
    this.input(() => {});
  }

  /** Leaves the swarm and says so; the trackers' goodbye is the announcer's. */
  async stop(): Promise<void> {
    this.input(() => this.client.stop());
    this.end();
    await this.switchboard.close();
  }

  /** The peer is gone without a word, as in a power cut: its sockets stay, and nobody is told anything. They close by `stop`. */
  freeze(): void {
    this.end();
    for (const { socket } of this.links) socket.pause();
  }

  private end(): void {
    this.isOver = true;
    for (const alarm of [this.engineAlarm, this.uplinkAlarm, this.downlinkAlarm]) alarm.clear();
  }

  // What links tell

  greeted(link: PeerLink, handshake: Handshake): void {
    const { options, client } = this;
    const { connection } = link;
    if (connection === undefined) return;
    const known = options.numberOf?.(handshake.peerId);
    if (known !== undefined) client.identify(connection, known);
    client.cells.setRequestLimit(link.handle, options.settings.uploadQueueLimit);
    connection.handshake(handshake);
    if (link.isClosed || !offersExtensions(handshake.reserved)) return;
    const payload = encodeExtensionHandshake({
      client: options.clientName,
      requestLimit: options.settings.uploadQueueLimit,
      port: this.switchboard.port,
      ids: new Map(),
    });
    link.encoder.extended(EXTENSION_HANDSHAKE, payload);
    this.links.touch(link);
  }

  extended(link: PeerLink, id: number, payload: Uint8Array): void {
    if (id !== EXTENSION_HANDSHAKE) return; // BEP 10: ids are ours to give, and we gave none
    link.extensions = decodeExtensionHandshake(payload, link.extensions);
    const { requestLimit } = link.extensions;
    if (requestLimit !== undefined) this.client.cells.setRequestLimit(link.handle, requestLimit);
  }

  drained(link: PeerLink, blocks: readonly Uint8Array[]): void {
    this.uplink.release(blocks);
    this.input(() => this.uplink.drained(this.client, link, blocks));
  }

  sendBlock(link: PeerLink, piece: number, begin: number, length: number): void {
    this.uplink.send(this.client, link, piece, begin, length);
  }

  hungUp(link: PeerLink): void {
    this.uplink.forget(link);
    const { connection } = link;
    const isOfUse = connection !== undefined && connection.downloaded + connection.uploaded > 0;
    this.switchboard.closed(link.remote, link.isOutgoing, isOfUse);
    const peerId = connection?.peer?.peerId;
    if (peerId !== undefined && sameBytes(peerId, this.options.peerId)) {
      this.switchboard.isSelf(link.remote);
    }
  }

  pumpAt(at: number): void {
    this.uplinkAlarm.set(at);
  }

  loaded(link: PeerLink, error: unknown): void {
    if (error !== undefined) return this.fail(error);
    this.input(() => this.links.touch(link));
  }

  // Inputs

  private input(run: () => void): void {
    if (this.isOver) return;
    this.options.clock.tick();
    try {
      run();
      this.settle();
    } catch (error) {
      this.fail(error);
    }
  }

  /** The engine's wake-up, and another try of peers that we did not reach. */
  private timeout(): void {
    this.client.timeout();
    this.client.offered(this.switchboard.book.due(this.options.clock.now));
  }

  private settle(): void {
    this.uplink.pump(this.client);
    this.links.flush();
    this.downlink.review();
  }

  private fail(error: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    this.options.failed(error);
  }

  private received(link: PeerLink, chunk: Uint8Array): void {
    if (link.isClosed || this.isOver) return;
    const { clock } = this.options;
    clock.tick();
    this.downlink.take(chunk.length);
    try {
      this.decode(link, chunk);
      if (!link.isClosed && link.buffered > MOST_UNREAD) this.drop(link, "it does not read");
      this.settle();
    } catch (error) {
      this.fail(error);
    }
  }

  private decode(link: PeerLink, chunk: Uint8Array): void {
    try {
      link.decoder.push(chunk);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.drop(link, error.message);
    }
  }

  /** Strangers that say nothing must not take the places of those who do. */
  private get hasRoom(): boolean {
    let nameless = 0;
    for (const { isOutgoing, isOpen } of this.client.connections) {
      if (!isOutgoing && !isOpen) nameless++;
    }
    const { maxConnections } = this.options.settings;
    return this.client.peers.hasRoom && nameless < Math.max(1, maxConnections / 4);
  }

  /** A peer broke the protocol. */
  private drop(link: PeerLink, why: string): void {
    this.options.log(`${this.switchboard.nameOf(link.socket)}: ${why}`);
    this.client.close(link.connection, "protocol-error");
  }

  private attach(bare: Socket, remote: number, isOutgoing: boolean): void {
    const { links, client } = this;
    const socket = this.options.access?.wrap(bare) ?? bare;
    const handle = links.takeHandle();
    const place = { handle, remote, isOutgoing };
    const link = new PeerLink(this, socket, place, this.lengths, this.reserved);
    links.add(link);
    link.connection = client.connected(++this.lastNumber, handle, remote, isOutgoing);
    socket.on("data", (chunk: Uint8Array) => this.received(link, chunk));
    socket.on("error", () => {}); // "close" follows
    socket.on("close", () => this.input(() => this.lost(link)));
    if (!this.downlink.isOpen) socket.pause();
  }

  /** The remote side closed the connection, or the system did. */
  private lost(link: PeerLink): void {
    if (link.isClosed || link.connection === undefined) return;
    this.hungUp(link);
    link.close();
    this.client.disconnected(link.connection);
    this.links.remove(link);
  }

  private host(): Host {
    const { clock, random, store, announce } = this.options;
    return {
      clock,
      random,
      out: this.links,
      storage: {
        write: (_client: number, piece: number, begin: number, block: Block) =>
          store.write(piece, begin, block.bytes as Uint8Array),
        verify: (_client: number, piece: number) => store.verify(piece),
      },
      wakeAt: (at) => this.engineAlarm.set(at),
      dial: (address) => this.switchboard.dial(address),
      announce,
    };
  }
}
