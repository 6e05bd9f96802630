import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { Endpoint } from "../core/endpoint.ts";
import type { LinkSocket } from "./link-socket.ts";

/** Connections of strangers that the system keeps for us until we accept them. */
const BACKLOG = 128;

/** Opens a listening socket. Rejects with the system's error (EADDRINUSE, EACCES, ...). */
export function listen(
  host: string | undefined,
  port: number,
  accept: (socket: Socket) => void,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ noDelay: true }, accept);
    server.once("error", reject);
    server.listen({ port, backlog: BACKLOG, ...(host === undefined ? {} : { host }) }, () => {
      server.off("error", reject);
      server.on("error", () => {}); // EMFILE of a single accept: that peer tries again
      resolve(server);
    });
  });
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Where the other end of an accepted socket is; undefined when it is gone already. */
export function remoteEndpoint({
  remoteAddress,
  remotePort,
}: Pick<LinkSocket, "remoteAddress" | "remotePort">): Endpoint | undefined {
  if (remoteAddress === undefined || remotePort === undefined) return undefined;
  return { host: plainAddress(remoteAddress), port: remotePort };
}

/** An IPv4 address without the form that a socket for both families gives it. */
export function plainAddress(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

/** As `dial` below. */
export type Dial = typeof dial;

/** Dials. Calls `done` once, with an open socket or undefined. Returns what gives up. */
export function dial(
  { host, port }: Endpoint,
  timeout: number,
  localAddress: string | undefined,
  done: (socket: Socket | undefined) => void,
): () => void {
  const socket = connect({
    host,
    port,
    noDelay: true,
    ...(localAddress === undefined ? {} : { localAddress }),
  });
  const timer = setTimeout(() => socket.destroy(), timeout);
  const failed = () => {
    clearTimeout(timer);
    done(undefined);
  };
  socket.on("error", () => {}); // "close" follows
  socket.once("close", failed);
  socket.once("connect", () => {
    clearTimeout(timer);
    socket.off("close", failed);
    done(socket);
  });
  return () => socket.destroy();
}
