import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { plainIpBytes } from "../../core/ip-address.ts";
import type { ScrapeCounts } from "../../tracker/announce.ts";
import {
  writeCompactAnswer,
  writeFailure,
  writeListAnswer,
  writeScrape,
} from "../../tracker/http-answers.ts";
import {
  type AnnounceQuery,
  readAnnounceQuery,
  readScrapeQuery,
} from "../../tracker/http-queries.ts";
import type { ServedAnswer } from "./family-trackers.ts";
import { addressKey, compactString, hostOf, listensWith, peerIdOf } from "./served-peer.ts";
import type { ServerParts } from "./server-parts.ts";
import { statsPage } from "./stats-page.ts";

/** How often connections are looked at for whether they are too slow (ms). */
const CHECK_INTERVAL = 1_000;

/** BEP 31: minutes that an address with too many requests is to wait. */
const RETRY_IN = 1;

const bencoded = "text/plain";

/** The tracker over HTTP: `/announce`, `/scrape`, and for people `/` and `/stats.json`. */
export class HttpSide {
  private readonly parts: ServerParts;
  private readonly server: Server;
  private readonly connectionsOf = new Map<string, number>();

  constructor(parts: ServerParts) {
    this.parts = parts;
    const { requestTimeout, maxConnections } = parts.settings;
    this.server = createServer(
      {
        headersTimeout: requestTimeout,
        requestTimeout,
        keepAliveTimeout: requestTimeout,
        connectionsCheckingInterval: CHECK_INTERVAL,
        noDelay: true,
        requireHostHeader: false, // old clients speak HTTP 1.0, more or less
      },
      (request, response) => this.serve(request, response),
    );
    this.server.maxConnections = maxConnections;
    this.server.on("connection", (socket) => this.connected(socket));
    this.server.on("clientError", (_, socket) => this.garbled(socket as Socket));
  }

  /** Rejects with the system's error. */
  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen({ host, port }, () => {
        this.server.off("error", reject);
        this.server.on("error", () => {}); // EMFILE of a single connection: that peer tries again
        resolve();
      });
    });
  }

  get address(): AddressInfo {
    return this.server.address() as AddressInfo;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private connected(socket: Socket): void {
    socket.on("error", () => {}); // "close" follows
    const ip = plainIpBytes(socket.remoteAddress ?? "");
    if (ip === undefined) return void socket.destroy();
    const address = addressKey(ip);
    const count = this.connectionsOf.get(address) ?? 0;
    if (count >= this.parts.settings.maxConnectionsPerAddress) return void socket.destroy();
    this.connectionsOf.set(address, count + 1);
    socket.once("close", () => {
      const left = (this.connectionsOf.get(address) as number) - 1;
      if (left === 0) this.connectionsOf.delete(address);
      else this.connectionsOf.set(address, left);
    });
  }

  /** It is no HTTP, too long or too slow. */
  private garbled(socket: Socket): void {
    this.parts.log.refused("http");
    const body = Buffer.from(writeFailure("this is no request")).toString("latin1");
    socket.end(
      `HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: ${bencoded}\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
      "latin1",
    );
    socket.destroySoon();
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const source = plainIpBytes(request.socket.remoteAddress ?? "");
    if (source === undefined) return void request.socket.destroy();
    if (request.method !== "GET") {
      response.setHeader("Connection", "close");
      return this.refuse(response, 405, "only GET");
    }
    const url = request.url ?? "";
    const mark = url.indexOf("?");
    const path = mark === -1 ? url : url.slice(0, mark);
    const query = mark === -1 ? "" : url.slice(mark + 1);
    if (!this.parts.limits.admits(addressKey(source))) {
      return this.refuse(response, 429, "too many requests from your address", RETRY_IN);
    }
    if (path === "/announce") return this.announce(response, source, query);
    if (path === "/scrape") return this.scrape(response, query);
    if (path === "/stats.json") {
      return send(response, 200, "application/json", JSON.stringify(this.parts.stats()));
    }
    if (path !== "/") return this.refuse(response, 404, "there are /announce and /scrape here");
    // Nothing of it is loaded from anywhere, and no script runs.
    response.setHeader(
      "Content-Security-Policy",
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
    );
    send(response, 200, "text/html; charset=utf-8", statsPage(this.parts.stats()));
  }

  private announce(response: ServerResponse, source: Uint8Array, text: string): void {
    const query = readAnnounceQuery(text);
    if ("failure" in query) return this.refuse(response, 400, query.failure);
    const answer = this.parts.trackers.announce(source, query.parameters, true);
    if ("failure" in answer) return this.refuse(response, 200, answer.failure);
    this.parts.log.announced("http");
    send(response, 200, bencoded, written(answer, source, query));
  }

  private scrape(response: ServerResponse, text: string): void {
    const infohashes = readScrapeQuery(text);
    if ("failure" in infohashes) return this.refuse(response, 400, infohashes.failure);
    this.parts.log.scraped("http");
    const counted: [Uint8Array, ScrapeCounts][] = [];
    for (const infohash of infohashes) {
      const counts = this.parts.trackers.scrape(infohash);
      if (counts !== undefined) counted.push([infohash, counts]);
    }
    send(response, 200, bencoded, writeScrape(counted));
  }

  private refuse(response: ServerResponse, status: number, reason: string, retryIn?: number): void {
    this.parts.log.refused("http");
    send(response, status, bencoded, writeFailure(reason, retryIn));
  }
}

function written(
  answer: ServedAnswer,
  source: Uint8Array,
  { isCompact, wantsPeerIds }: AnnounceQuery,
): Uint8Array {
  const { asker, peers } = answer;
  const terms = {
    interval: Math.ceil(answer.interval / 1000),
    minInterval: Math.ceil(answer.minInterval / 1000),
    complete: answer.complete,
    incomplete: answer.incomplete,
    externalIp: source,
  };
  if (isCompact) {
    const strings = [
      compactString(peers.IPv4, "IPv4", asker),
      compactString(peers.IPv6, "IPv6", asker),
    ] as const;
    return writeCompactAnswer(terms, ...strings);
  }
  const others = [...peers.IPv4, ...peers.IPv6].filter((peer) => !listensWith(peer, asker));
  const listed = others.map((peer) => ({
    host: hostOf(peer),
    port: peer.port,
    peerId: wantsPeerIds ? peerIdOf(peer) : undefined,
  }));
  return writeListAnswer(terms, listed);
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: Uint8Array | string,
): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
  });
  response.end(body);
}
