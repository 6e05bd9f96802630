import { createSocket } from "node:dgram";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket as TcpSocket,
} from "node:net";
import { networkInterfaces } from "node:os";
import { test } from "@jest/globals";
import {
  TrackerServer,
  type TrackerServerOptions,
} from "../../src/live/tracker-server/tracker-server.ts";
import { TrackerClient } from "../../src/live/trackers/tracker-client.ts";
import { TrackerError } from "../../src/tracker/tracker-error.ts";

/** Loopback of IPv6 is there on most machines, not in every container. */
const hasIPv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
);

/** A test, where there is IPv6. */
export function withIPv6(name: string, run: () => Promise<void>): void {
  if (hasIPv6) test(name, run);
}

/** Of no abort. */
export const patience = new AbortController().signal;

/** Things to close at the end of a test, the last first. */
export class Closing {
  private readonly closes: (() => unknown)[] = [];

  add(close: () => unknown): void {
    this.closes.push(close);
  }

  async all(): Promise<void> {
    for (const close of this.closes.splice(0).reverse()) await close();
  }

  /** A tracker of ours, with its addresses. */
  async tracker(options: TrackerServerOptions = {}): Promise<{
    readonly server: TrackerServer;
    readonly http: string;
    readonly udp: string;
  }> {
    const server = new TrackerServer({ http: 0, udp: 0, ...options });
    await server.start();
    this.add(() => server.close());
    const { http, udp } = server.address();
    const host = options.host?.includes(":") ? `[${options.host}]` : "127.0.0.1";
    return {
      server,
      http: `http://${host}:${http?.port}/announce`,
      udp: `udp://${host}:${udp?.port}/announce`,
    };
  }

  client(settings: ConstructorParameters<typeof TrackerClient>[0] = {}): TrackerClient {
    const client = new TrackerClient(settings);
    this.add(() => client.close());
    return client;
  }

  /** An HTTP server that answers so; its address for announces. */
  async http(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<string> {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.add(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/announce`;
  }

  /** A TCP server that does so with each connection; its address as if it were a tracker. */
  async tcp(serve: (socket: TcpSocket) => void): Promise<string> {
    const sockets = new Set<TcpSocket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      serve(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.add(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/announce`;
  }

  /** A UDP socket that does so with each packet, and the port that it came from; its address as if it were a tracker. */
  async udp(
    receive: (packet: Buffer, reply: (packet: Uint8Array) => void, port: number) => void,
  ): Promise<string> {
    const socket = createSocket("udp4");
    socket.on("message", (packet, { port, address }) =>
      receive(packet, (answer) => socket.send(answer, port, address), port),
    );
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    this.add(() => socket.close());
    return `udp://127.0.0.1:${socket.address().port}/announce`;
  }
}

/** The message of the TrackerError that it is rejected with. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof TrackerError) return error.message;
    throw error;
  }
  throw new Error("it was answered");
}
