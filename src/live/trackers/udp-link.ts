import { randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { AddressFamily } from "../../core/compact-peers.ts";
import type { Endpoint } from "../../core/endpoint.ts";
import { TrackerError } from "../../tracker/tracker-error.ts";
import { readUdpAnswer, type UdpAnswer } from "../../tracker/udp-answers.ts";
import { writeConnectRequest } from "../../tracker/udp-requests.ts";
import { failureReason } from "./failure-reason.ts";
import { gaveUp, orGaveUp } from "./giving-up.ts";
import type { TrackerClientSettings } from "./settings.ts";

/** What one answer to a request may be. */
type Settle = (answer: UdpAnswer | TrackerError) => void;

/** A request, for a connection id and a transaction. */
export type WriteRequest = (connectionId: Uint8Array, transaction: number) => Uint8Array;

/**
 * Our end of what BEP 15 calls a connection to one tracker. The socket is connected: the kernel drops packets that come from
 * elsewhere, and tells us when nobody listens there. It lives as long as its connection id, which trackers may tie to the port.
 */
export class UdpLink {
  private readonly family: AddressFamily;
  private readonly settings: TrackerClientSettings;
  private readonly socket: Socket;
  private readonly opened: Promise<unknown>;
  private readonly waiting = new Map<number, Settle>();
  private readonly closing = new AbortController();
  private readonly closed: () => void;
  private connection: { readonly id: Uint8Array; readonly goodUntil: number } | undefined;
  private requests = 0;
  private timer: NodeJS.Timeout | undefined;

  /** `host` is an IP address. `closed` is called when the link is of no more use. */
  constructor({ host, port }: Endpoint, settings: TrackerClientSettings, closed: () => void) {
    this.family = host.includes(":") ? "IPv6" : "IPv4";
    this.settings = settings;
    this.closed = closed;
    this.socket = createSocket(this.family === "IPv6" ? "udp6" : "udp4");
    this.socket.on("message", (packet) => this.received(packet));
    this.opened = this.open(host, port);
    this.opened.catch(() => {}); // whoever asks hears of it
  }

  /**
   * Sends a request until it is answered, with a connection id that is still good. Rejects with a TrackerError, also for the
   * tracker's own error.
   */
  async request(write: WriteRequest, signal: AbortSignal): Promise<UdpAnswer> {
    this.requests++;
    clearTimeout(this.timer);
    this.socket.ref();
    const either = AbortSignal.any([signal, this.closing.signal]);
    try {
      await orGaveUp(this.opened, either);
      return await this.ask(write, either);
    } catch (error) {
      throw error instanceof TrackerError ? error : new TrackerError(failureReason(error));
    } finally {
      this.requests--;
      this.rest();
    }
  }

  close(): void {
    if (this.closing.signal.aborted) return;
    clearTimeout(this.timer);
    this.closing.abort();
    this.socket.close();
    this.closed();
  }

  private async open(host: string, port: number): Promise<void> {
    const { socket, settings } = this;
    if (settings.localAddress !== undefined) {
      socket.bind({ address: settings.localAddress });
      await once(socket, "listening");
    }
    socket.connect(port, host);
    await once(socket, "connect", { signal: this.closing.signal });
    // Of packets before: nobody listens there, or there is no way.
    socket.on("error", (error) => this.settleAll(new TrackerError(failureReason(error))));
  }

  private async ask(write: WriteRequest, signal: AbortSignal): Promise<UdpAnswer> {
    const transaction = this.newTransaction();
    const { udpTimeout, udpAttempts } = this.settings;
    let refusal: TrackerError | undefined;
    for (let attempt = 0; attempt < udpAttempts; attempt++) {
      const known = this.knownId();
      const id = known ?? (await this.connect(signal));
      const packet = write(id, transaction);
      const answer = await this.exchange(packet, transaction, udpTimeout * 2 ** attempt, signal);
      if (answer?.action === "error") refusal = new TrackerError(answer.message);
      else if (answer !== undefined) return answer;
      if (refusal !== undefined && known === undefined) break;
      // The tracker may have been started anew since it gave a connection id that we knew.
      if (known === this.connection?.id) this.connection = undefined;
    }
    throw refusal ?? this.silence();
  }

  private knownId(): Uint8Array | undefined {
    const { connection } = this;
    return connection !== undefined && performance.now() < connection.goodUntil
      ? connection.id
      : undefined;
  }

  private async connect(signal: AbortSignal): Promise<Uint8Array> {
    const transaction = this.newTransaction();
    const { udpTimeout, udpAttempts, connectionIdLifetime } = this.settings;
    const packet = writeConnectRequest(transaction);
    for (let attempt = 0; attempt < udpAttempts; attempt++) {
      const answer = await this.exchange(packet, transaction, udpTimeout * 2 ** attempt, signal);
      if (answer === undefined) continue;
      if (answer.action === "error") throw new TrackerError(answer.message);
      if (answer.action !== "connect") throw new TrackerError("it answered what was not asked");
      const id = answer.connectionId;
      this.connection = { id, goodUntil: performance.now() + connectionIdLifetime };
      return id;
    }
    throw this.silence();
  }

  /** Sends a packet once; undefined when no answer comes in time. */
  private exchange(
    packet: Uint8Array,
    transaction: number,
    timeout: number,
    signal: AbortSignal,
  ): Promise<UdpAnswer | undefined> {
    return new Promise((resolve, reject) => {
      const aborted = () => end(() => reject(gaveUp()));
      const timer = setTimeout(() => end(() => resolve(undefined)), timeout);
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", aborted);
        this.waiting.delete(transaction);
        settle();
      };
      this.waiting.set(transaction, (answer) =>
        end(() => (answer instanceof TrackerError ? reject(answer) : resolve(answer))),
      );
      signal.addEventListener("abort", aborted);
      if (signal.aborted) return aborted(); // its socket may be closed
      this.socket.send(packet, (error) => {
        if (error !== null) end(() => reject(new TrackerError(failureReason(error))));
      });
    });
  }

  private received(packet: Uint8Array): void {
    const answer = readUdpAnswer(packet, this.family);
    if (answer !== undefined) this.waiting.get(answer.transaction)?.(answer);
  }

  private settleAll(error: TrackerError): void {
    for (const settle of [...this.waiting.values()]) settle(error);
  }

  /** Whoever cannot see our packets cannot guess it. */
  private newTransaction(): number {
    for (;;) {
      const transaction = randomBytes(4).readUInt32BE();
      if (!this.waiting.has(transaction)) return transaction;
    }
  }

  private silence(): TrackerError {
    const { udpTimeout, udpAttempts } = this.settings;
    return new TrackerError(
      `it did not answer within ${(udpTimeout * (2 ** udpAttempts - 1)) / 1000} s`,
    );
  }

  /** Nothing is under way: the socket goes when the connection id has. */
  private rest(): void {
    if (this.requests > 0 || this.closing.signal.aborted) return;
    const rest = Math.max(0, (this.connection?.goodUntil ?? 0) - performance.now());
    this.timer = setTimeout(() => this.close(), rest).unref();
    this.socket.unref();
  }
}
