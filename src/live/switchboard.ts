import type { Server, Socket } from "node:net";
import { endpointText } from "../core/endpoint.ts";
import type { ClientSettings } from "../engine/settings.ts";
import { AddressBook } from "./address-book.ts";
import type { LinkSocket } from "./link-socket.ts";
import type { LiveClock } from "./live-clock.ts";
import { type Dial, dial, listen, portOf, remoteEndpoint } from "./sockets.ts";

export interface SwitchboardOptions {
  /** Numbers of addresses begin here. */
  readonly firstRemote: number;
  /** Where to listen, and to dial from; undefined: everywhere, IPv6 included. */
  readonly host: string | undefined;
  /** 0: any that is free. */
  readonly port: number;
  /** How it dials, where that is made up. */
  readonly dial?: Dial;
}

/** What a switchboard tells its session; nothing of it from inside a call. */
export interface SwitchboardOwner {
  /** Whether an incoming connection would be let in. */
  hasRoom(): boolean;
  opened(socket: Socket, remote: number, isOutgoing: boolean): void;
  dialFailed(): void;
}

/** Dials under way at once; further ones wait. libtorrent's half-open limits were of this order. */
const MOST_DIALS = 50;

/** Listens for one client, and dials for it. */
export class Switchboard {
  readonly book: AddressBook;
  private readonly options: SwitchboardOptions;
  private readonly settings: ClientSettings;
  private readonly clock: LiveClock;
  private readonly owner: SwitchboardOwner;
  private readonly connect: Dial;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  /** What gives up each dial under way, and addresses that wait for one of them to end. */
  private readonly dials = new Set<() => void>();
  private readonly waiting: number[] = [];
  private isClosed = false;

  constructor(
    options: SwitchboardOptions,
    settings: ClientSettings,
    clock: LiveClock,
    owner: SwitchboardOwner,
  ) {
    this.options = options;
    this.settings = settings;
    this.clock = clock;
    this.owner = owner;
    this.connect = options.dial ?? dial;
    this.book = new AddressBook(options.firstRemote);
  }

  /** Where we listen; 0 before. */
  get port(): number {
    return this.server === undefined ? 0 : portOf(this.server);
  }

  async listen(): Promise<void> {
    const { host, port } = this.options;
    this.server = await listen(host, port, (socket) => this.accept(socket));
  }

  /** Calls `opened` or `dialFailed`, later. */
  dial(address: number): void {
    if (this.dials.size >= MOST_DIALS) {
      this.waiting.push(address);
      return;
    }
    const entry = this.book.entry(address);
    if (entry === undefined || entry.isInUse || entry.isSelf) {
      setImmediate(() => this.owner.dialFailed());
      return;
    }
    entry.isInUse = true;
    const { dialTimeout } = this.settings;
    const giveUp = this.connect(entry.endpoint, dialTimeout, this.dialsFrom, (socket) => {
      this.dials.delete(giveUp);
      const next = this.waiting.shift();
      if (next !== undefined) this.dial(next);
      if (socket === undefined || this.isClosed) return this.missed(address, socket);
      this.keep(socket);
      this.owner.opened(socket, address, true);
    });
    this.dials.add(giveUp);
  }

  /** A wildcard is no address to dial from. */
  private get dialsFrom(): string | undefined {
    const { host } = this.options;
    return host === "0.0.0.0" || host === "::" ? undefined : host;
  }

  /** A connection is over. One that was of no use is not dialled again soon. */
  closed(remote: number, isOutgoing: boolean, isOfUse: boolean): void {
    const entry = isOutgoing ? this.book.entry(remote) : undefined;
    if (entry === undefined) return;
    entry.isInUse = false;
    if (isOfUse) this.book.succeeded(remote);
    else this.book.failed(remote, this.clock.now);
  }

  /** Who answers at `remote` is ourselves. */
  isSelf(remote: number): void {
    const entry = this.book.entry(remote);
    if (entry !== undefined) entry.isSelf = true;
  }

  /** For people. */
  nameOf(socket: LinkSocket): string {
    const endpoint = remoteEndpoint(socket);
    return endpoint === undefined ? "a peer that is gone" : endpointText(endpoint);
  }

  /** Gives up what is under way, and waits until every socket is closed; not for long. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const giveUp of this.dials) giveUp();
    const { server, sockets } = this;
    const ended = [...sockets].map((socket) => new Promise((done) => socket.once("close", done)));
    const patience = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, PATIENCE);
    await Promise.all(ended);
    clearTimeout(patience);
    await new Promise<void>((done) => {
      if (server === undefined) done();
      else server.close(() => done());
    });
  }

  private missed(address: number, socket: Socket | undefined): void {
    socket?.destroy();
    this.closed(address, true, false);
    this.owner.dialFailed();
  }

  private accept(socket: Socket): void {
    if (this.isClosed || !this.owner.hasRoom() || remoteEndpoint(socket) === undefined) {
      socket.destroy();
      return;
    }
    this.keep(socket);
    this.owner.opened(socket, this.book.visitor(), false);
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.once("close", () => this.sockets.delete(socket));
  }
}

/** ms that closed connections have to take the last words. */
const PATIENCE = 1_000;
