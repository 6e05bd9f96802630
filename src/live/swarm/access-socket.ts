import type { Socket } from "node:net";
import type { LinkSocket } from "../link-socket.ts";
import type { AccessLink } from "./access-link.ts";

/** BEP 3: what stands before a block. */
const PIECE_HEADER = 13;

/** What is to be done with the socket, and when (ms). */
interface Order {
  readonly dueAt: number;
  readonly bytes: Uint8Array | undefined;
  readonly done: ((error?: Error | null) => void) | undefined;
}

/** A socket whose bytes take the time of an access link. Bytes keep their order: a message said after a block leaves after it. */
export class AccessSocket implements LinkSocket {
  isPaused = false;
  private readonly link: AccessLink;
  private readonly socket: Socket;
  private readonly orders: Order[] = [];
  private heldBytes = 0;
  private lastDue = 0;
  private timer: NodeJS.Timeout | undefined;
  private onData: (chunk: Buffer) => void = () => {};
  private readonly onClose: (() => void)[] = [];

  constructor(link: AccessLink, socket: Socket) {
    this.link = link;
    this.socket = socket;
    socket.on("error", () => {}); // "close" follows
    socket.on("data", (chunk) => link.came(this, chunk as Buffer));
    socket.once("close", () => {
      clearTimeout(this.timer);
      this.orders.length = 0;
      link.came(this, undefined);
    });
  }

  get remoteAddress(): string | undefined {
    return this.socket.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.socket.remotePort;
  }

  get writableLength(): number {
    return this.heldBytes + this.socket.writableLength;
  }

  on(event: "data" | "error" | "close", listener: (chunk: Buffer) => void): this {
    if (event === "data") this.onData = listener;
    else if (event === "close") this.onClose.push(listener as () => void);
    return this;
  }

  // What the peer says

  blockNext(departsAt: number, length: number): void {
    this.lastDue = Math.max(this.lastDue, departsAt + this.link.delay);
    this.link.writtenOfBlocks += PIECE_HEADER + length;
  }

  write(bytes: Uint8Array, done?: (error?: Error | null) => void): void {
    this.link.written += bytes.length;
    this.heldBytes += bytes.length;
    this.add(bytes, done);
  }

  end(): void {
    this.add(undefined, undefined);
  }

  cork(): void {}

  uncork(): void {}

  destroy(): this {
    this.socket.destroy();
    return this;
  }

  private add(bytes: Uint8Array | undefined, done: Order["done"]): void {
    const { link } = this;
    this.lastDue = Math.max(this.lastDue, link.clock.now + link.delay);
    this.orders.push({ dueAt: this.lastDue, bytes, done });
    if (this.orders.length === 1) this.carry();
  }

  private carry(): void {
    const { orders, socket, link } = this;
    link.clock.tick();
    for (let first = orders[0]; first !== undefined; first = orders[0]) {
      const wait = first.dueAt - link.clock.now;
      if (wait > 0) {
        this.timer = setTimeout(() => this.carry(), Math.ceil(wait));
        return;
      }
      orders.shift();
      if (first.bytes === undefined) {
        socket.end();
      } else {
        this.heldBytes -= first.bytes.length;
        socket.write(first.bytes, first.done);
      }
    }
  }

  // What it hears

  pause(): this {
    this.isPaused = true;
    this.review();
    return this;
  }

  resume(): this {
    this.isPaused = false;
    this.review();
    this.link.resumed();
    return this;
  }

  /** Reads from the socket or does not, as things stand. */
  review(): void {
    if (this.isPaused || this.link.isFull) this.socket.pause();
    else this.socket.resume();
  }

  /** Bytes are through, or the end of the connection is. */
  deliver(chunk: Buffer | undefined): void {
    if (chunk !== undefined) this.onData(chunk);
    else for (const tell of this.onClose) tell();
  }
}
