import type { AnnounceEvent } from "../core/announce.ts";
import { compareBytes, sameBytes } from "../core/bytes.ts";
import { offersFast } from "../wire/handshake.ts";
import type { Handshake } from "../wire/messages.ts";
import type { Client } from "./client.ts";
import { Connection } from "./connection.ts";
import type { Address } from "./host.ts";

/** Whom we know, whom we dial, whom we let in, and whom we will not have. */
export class Peers {
  /** Dials under way. */
  dialling = 0;
  private readonly client: Client;
  /** Addresses to dial when there is room, oldest first. */
  private readonly spares: Address[] = [];
  private readonly bannedIds: Uint8Array[] = [];
  /** Where they can be reached, as far as we know: not dialled again. */
  private readonly bannedAddresses = new Set<Address>();
  private lastAnnounceAt = 0;

  constructor(client: Client) {
    this.client = client;
  }

  announce(event: AnnounceEvent): void {
    const { client } = this;
    this.lastAnnounceAt = client.clock.now;
    client.host.announce(event, event === "stopped" || event === "completed" ? 0 : this.wanted);
  }

  /** How many more peers to ask for: mainline 4.x asks for none while it dials none. */
  get wanted(): number {
    return this.isDialling ? this.client.settings.numwant : 0;
  }

  /** The tracker answered, on its interval or because we asked. */
  found(addresses: readonly Address[]): void {
    this.lastAnnounceAt = this.client.clock.now;
    this.offer(addresses);
  }

  /** Peers that we know of otherwise. */
  offer(addresses: readonly Address[]): void {
    const { settings, connections } = this.client;
    for (const address of addresses) {
      if (this.spares.length >= settings.maxSpares) break;
      if (this.bannedAddresses.has(address)) continue;
      if (this.spares.includes(address)) continue;
      if (connections.some((connection) => connection.remote === address)) continue;
      this.spares.push(address);
    }
    this.dialMore();
  }

  dialMore(): void {
    const { client, spares } = this;
    while (spares.length > 0 && this.isDialling) {
      this.dialling++;
      client.host.dial(spares.shift() as Address);
    }
  }

  /** Whether it dials, given addresses. */
  private get isDialling(): boolean {
    const { maxInitiate, maxConnections } = this.client.settings;
    return this.client.connections.length + this.dialling < Math.min(maxInitiate, maxConnections);
  }

  dialFailed(): void {
    this.dialling--;
    this.dialMore();
  }

  /** Whether an incoming connection would be let in. */
  get hasRoom(): boolean {
    return this.client.connections.length + this.dialling < this.client.settings.maxConnections;
  }

  connected(number: number, handle: number, remote: Address, isOutgoing: boolean): Connection {
    const { client } = this;
    if (isOutgoing) this.dialling--;
    const { meters, arenas, clock, settings } = client;
    arenas.ensure(handle + 1);
    const connection = new Connection(client, number, handle, remote, isOutgoing);
    meters.start(handle, clock.now, settings.rateFudge);
    arenas.remotePieces.clearRow(handle);
    arenas.cells.open(handle, number, remote);
    arenas.connections[handle] = connection;
    client.connections.push(connection);
    if (isOutgoing) client.out.handshake(handle, client.handshake);
    return connection;
  }

  /** The remote side's handshake is in. */
  shaken(connection: Connection, handshake: Handshake): void {
    const { client } = this;
    if (connection.peer !== undefined) return client.close(connection, "protocol-error");
    connection.peer = handshake;
    if (!sameBytes(handshake.infohash, client.handshake.infohash)) {
      return client.close(connection, "wrong-infohash");
    }
    if (sameBytes(handshake.peerId, client.handshake.peerId)) {
      return client.close(connection, "self");
    }
    if (this.bannedIds.some((id) => sameBytes(id, handshake.peerId))) {
      return client.close(connection, "banned");
    }
    const twin = client.open.find((other) =>
      sameBytes((other.peer as Handshake).peerId, handshake.peerId),
    );
    if (twin !== undefined) {
      // Both sides keep the connection that the smaller peer id dialled; of two the same way, the older.
      const keepOutgoing = compareBytes(client.handshake.peerId, handshake.peerId) < 0;
      const isBetter =
        twin.isOutgoing !== connection.isOutgoing && connection.isOutgoing === keepOutgoing;
      client.close(isBetter ? twin : connection, "duplicate");
      if (!isBetter) return;
    }
    const { handle } = connection;
    if (!connection.isOutgoing) client.out.handshake(handle, client.handshake);
    connection.isFast = offersFast(handshake.reserved) && offersFast(client.handshake.reserved);
    connection.isOpen = true;
    client.open.push(connection);
    client.openHandles.push(handle);
    client.observer.connected(client.number, connection.remote);
    if (client.rechoke.isWatching || client.reveals) client.cells.setWatched(handle, true);
    this.showPieces(connection);
    client.rechoke.joined(connection);
    client.reveals?.show(connection);
  }

  /** BEP 3: a bitfield comes first, unless there is nothing in it. BEP 6: something always comes first. */
  private showPieces({ handle, isFast }: Connection): void {
    const { out, pieces, reveals } = this.client;
    const isEmpty = pieces.have.count === 0 || reveals !== undefined;
    if (isFast && isEmpty) out.haveNone?.(handle);
    else if (isFast && pieces.have.isComplete) out.haveAll?.(handle);
    else if (!isEmpty) out.bitfield(handle, pieces.have);
  }

  /** The peer behind connection `number` alone supplied a piece with a wrong hash. */
  ban(number: number): void {
    const { client } = this;
    const connection = client.connections.find((one) => one.number === number);
    if (connection?.peer === undefined) return;
    this.bannedIds.push(connection.peer.peerId);
    this.bannedAddresses.add(connection.remote);
    const spare = this.spares.indexOf(connection.remote);
    if (spare >= 0) this.spares.splice(spare, 1);
    client.observer.banned(client.number, connection.remote);
    client.close(connection, "banned");
  }

  /** The regular look at every connection: keep-alives, time-outs, too few peers. */
  sweep(): void {
    const { client } = this;
    const { settings, connections, clock, cells } = client;
    const interval = settings.rechokeInterval;
    for (let i = connections.length - 1; i >= 0; i--) {
      const connection = connections[i] as Connection;
      const { handle } = connection;
      connection.silentSweeps = cells.takeHeard(handle) ? 0 : connection.silentSweeps + 1;
      connection.mutedSweeps = cells.takeSpoke(handle) ? 0 : connection.mutedSweeps + 1;
      const age = clock.now - connection.connectedAt;
      if (!connection.isOpen && age >= settings.handshakeTimeout) {
        client.close(connection, "handshake-timeout");
      } else if (connection.silentSweeps * interval >= settings.idleTimeout) {
        client.close(connection, "idle-timeout");
      } else if (connection.mutedSweeps * interval >= settings.keepAliveInterval) {
        client.out.keepAlive(handle);
        connection.mutedSweeps = 0;
      } else {
        client.downloads.sweep(connection);
      }
    }
    const isShort = connections.length + this.dialling < settings.minPeers;
    if (isShort && clock.now - this.lastAnnounceAt >= settings.reannounceInterval) {
      this.announce("none");
    }
    this.dialMore();
  }
}
