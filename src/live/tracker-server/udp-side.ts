import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, isIPv6 } from "node:net";
import { plainIpBytes } from "../../core/ip-address.ts";
import {
  writeAnnounceAnswer,
  writeConnectAnswer,
  writeErrorAnswer,
  writeScrapeAnswer,
} from "../../tracker/udp-answers.ts";
import { readUdpRequest, type UdpRequest } from "../../tracker/udp-requests.ts";
import { addressKey, compactString, familyOf } from "./served-peer.ts";
import type { ServerParts } from "./server-parts.ts";

/** Of packets that wait while the process is busy (bytes); the system may give less. */
const RECEIVE_BUFFER = 1_048_576;

/** Answers that wait for the system to take them; who asks for more has lost a packet. */
const MAX_QUEUE = 1_000;

type AnnounceRequest = Extract<UdpRequest, { action: "announce" }>;

/** The tracker over UDP (BEP 15). Garbage, and whoever cannot show a connection id, gets no answer. */
export class UdpSide {
  private readonly parts: ServerParts;
  private socket: Socket | undefined;

  constructor(parts: ServerParts) {
    this.parts = parts;
  }

  /** `host` is an IP address. Rejects with the system's error. */
  async listen(host: string, port: number): Promise<void> {
    const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
    this.socket = socket;
    socket.bind({ address: host, port });
    await once(socket, "listening");
    try {
      socket.setRecvBufferSize(RECEIVE_BUFFER);
    } catch {
      // The system's own size does as well.
    }
    socket.on("error", () => {}); // of a single packet
    socket.on("message", (packet, from) => this.received(socket, packet, from));
  }

  get address(): AddressInfo {
    return (this.socket as Socket).address();
  }

  async close(): Promise<void> {
    const { socket } = this;
    if (socket === undefined) return;
    this.socket = undefined;
    await new Promise<void>((resolve) => socket.close(() => resolve()));
  }

  private received(socket: Socket, packet: Uint8Array, from: RemoteInfo): void {
    const source = plainIpBytes(from.address);
    // Nobody sends from port 0, and nothing can be sent there.
    if (source === undefined || from.port === 0) return;
    const answer = this.answer(packet, source);
    if (answer === undefined) this.parts.log.refused("udp");
    else if (socket.getSendQueueCount() < MAX_QUEUE) {
      socket.send(answer, from.port, from.address);
    }
  }

  /** Undefined for what gets none. */
  private answer(packet: Uint8Array, source: Uint8Array): Uint8Array | undefined {
    const { connectionIds, limits, trackers, log } = this.parts;
    const request = readUdpRequest(packet);
    if (request === undefined) return undefined;
    const { transaction } = request;
    if (request.action === "connect") {
      return writeConnectAnswer(transaction, connectionIds.idFor(source));
    }
    if (!connectionIds.isGood(request.connectionId, source)) return undefined;
    if (!limits.admits(addressKey(source))) {
      log.refused("udp");
      return writeErrorAnswer(transaction, "too many requests from your address");
    }
    if (request.action === "announce") return this.announce(request, source);
    log.scraped("udp");
    const none = { complete: 0, incomplete: 0, downloaded: 0 };
    const counts = request.infohashes.map((infohash) => trackers.scrape(infohash) ?? none);
    return writeScrapeAnswer(transaction, counts);
  }

  private announce({ transaction, parameters }: AnnounceRequest, source: Uint8Array): Uint8Array {
    const { trackers, log } = this.parts;
    if (parameters.port === 0) return writeErrorAnswer(transaction, "port must be 1 to 65535");
    const family = familyOf(source);
    // BEP 15: over IPv6 the field for an address means nothing.
    const ip = family === "IPv4" ? parameters.ip : undefined;
    const answer = trackers.announce(source, { ...parameters, ip }, false);
    if ("failure" in answer) return writeErrorAnswer(transaction, answer.failure);
    log.announced("udp");
    const terms = {
      interval: Math.ceil(answer.interval / 1000),
      leechers: answer.incomplete,
      seeders: answer.complete,
    };
    const peers = compactString(answer.peers[family], family, answer.asker);
    return writeAnnounceAnswer(transaction, terms, peers);
  }
}
