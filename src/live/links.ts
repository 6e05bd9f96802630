import type { Bitfield } from "../core/bitfield.ts";
import type { Outgoing } from "../engine/outgoing.ts";
import type { Handshake } from "../wire/messages.ts";
import type { PeerLink } from "./peer-link.ts";

/** What the links of a client need of its session. */
export interface LinksOwner {
  /** Fetches a block and hands it to its link. */
  sendBlock(link: PeerLink, piece: number, begin: number, length: number): void;
  /** The engine closed the connection; its numbers are still there. */
  hungUp(link: PeerLink): void;
}

/** What a client says, to the links behind its handles. */
export class Links implements Outgoing {
  /** By handle. */
  private readonly links: (PeerLink | undefined)[] = [];
  private readonly freeHandles: number[] = [];
  private readonly dirty: PeerLink[] = [];
  private readonly owner: LinksOwner;

  constructor(owner: LinksOwner) {
    this.owner = owner;
  }

  takeHandle(): number {
    return this.freeHandles.pop() ?? this.links.push(undefined) - 1;
  }

  add(link: PeerLink): void {
    this.links[link.handle] = link;
  }

  /** The connection behind `link` is closed: its handle goes to another. */
  remove(link: PeerLink): void {
    if (this.links[link.handle] !== link) return;
    this.links[link.handle] = undefined;
    this.freeHandles.push(link.handle);
  }

  /** Every link that is open. */
  *[Symbol.iterator](): Iterator<PeerLink> {
    for (const link of this.links) if (link !== undefined) yield link;
  }

  /** Hands what was said to the system. */
  flush(): void {
    const { dirty } = this;
    for (let at = 0; at < dirty.length; at++) {
      const link = dirty[at] as PeerLink;
      link.isDirty = false;
      link.flush();
    }
    dirty.length = 0;
  }

  /** Something is to be flushed on `link`. */
  touch(link: PeerLink): void {
    if (link.isDirty) return;
    link.isDirty = true;
    this.dirty.push(link);
  }

  handshake(handle: number, handshake: Handshake): void {
    this.to(handle).encoder.handshake(handshake);
  }

  keepAlive(handle: number): void {
    this.to(handle).encoder.keepAlive();
  }

  choke(handle: number): void {
    this.to(handle).encoder.choke();
  }

  unchoke(handle: number): void {
    this.to(handle).encoder.unchoke();
  }

  interested(handle: number): void {
    this.to(handle).encoder.interested();
  }

  notInterested(handle: number): void {
    this.to(handle).encoder.notInterested();
  }

  have(handles: readonly number[], piece: number): void {
    for (let at = 0; at < handles.length; at++) this.to(handles[at] as number).encoder.have(piece);
  }

  bitfield(handle: number, pieces: Bitfield): void {
    this.to(handle).encoder.bitfield(pieces);
  }

  request(handle: number, piece: number, begin: number, length: number): void {
    this.to(handle).encoder.request(piece, begin, length);
  }

  piece(handle: number, piece: number, begin: number, length: number): void {
    this.owner.sendBlock(this.to(handle), piece, begin, length);
  }

  cancel(handle: number, piece: number, begin: number, length: number): void {
    this.to(handle).encoder.cancel(piece, begin, length);
  }

  haveAll(handle: number): void {
    this.to(handle).encoder.haveAll();
  }

  haveNone(handle: number): void {
    this.to(handle).encoder.haveNone();
  }

  rejectRequest(handle: number, piece: number, begin: number, length: number): void {
    this.to(handle).encoder.rejectRequest(piece, begin, length);
  }

  hangUp(handle: number): void {
    const link = this.links[handle] as PeerLink;
    this.owner.hungUp(link);
    link.hangUp();
    this.remove(link);
  }

  private to(handle: number): PeerLink {
    const link = this.links[handle] as PeerLink;
    this.touch(link);
    return link;
  }
}
