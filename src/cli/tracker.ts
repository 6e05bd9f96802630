import { networkInterfaces } from "node:os";
import { type Endpoint, endpointText } from "../core/endpoint.ts";
import { ipToBytes, isLoopback, isUnspecified } from "../core/ip-address.ts";
import { settingsFor } from "../live/tracker-server/settings.ts";
import { TrackerServer } from "../live/tracker-server/tracker-server.ts";
import { readWithin } from "../scenario/quantities.ts";
import { exitCodes, InputError } from "./exit-codes.ts";
import { listenForInterrupts } from "./interrupts.ts";
import { reason } from "./system-error.ts";
import type { Terminal } from "./terminal.ts";

export interface TrackerOptions {
  readonly http?: string;
  readonly udp?: string;
  readonly host: string;
  readonly interval: string;
  readonly json?: boolean;
}

/** As of opentracker and most others. */
const DEFAULT_PORT = 6969;

/** `sim tracker`: serves until a signal comes. Returns the exit code. */
export async function tracker(options: TrackerOptions, terminal: Terminal): Promise<number> {
  const { http, udp } = ports(options);
  const { host } = options;
  const settings = settingsFor(interval(options.interval));
  const server = new TrackerServer({ http, udp, host, settings });
  const interrupts = listenForInterrupts(() => undefined);
  try {
    await started(server, options);
    const addresses = addressesOf(server);
    terminal.out(options.json ? `${JSON.stringify(addresses)}\n` : greeting(addresses, host));
    await new Promise<void>((resolve) => {
      if (interrupts.signal.aborted) resolve();
      else interrupts.signal.addEventListener("abort", () => resolve());
    });
    await server.close();
  } finally {
    interrupts.ignore();
  }
  return interrupts.code ?? exitCodes.done;
}

/** One that is named alone is served alone. */
function ports({ http, udp }: TrackerOptions): { http?: number; udp?: number } {
  if (http === undefined && udp === undefined) return { http: DEFAULT_PORT, udp: DEFAULT_PORT };
  return {
    ...(http === undefined ? {} : { http: port("--http", http) }),
    ...(udp === undefined ? {} : { udp: port("--udp", udp) }),
  };
}

function port(option: string, text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InputError(`${option} ${text}: a port is a number from 0 to 65535.`);
}

function interval(text: string): number {
  const limits = { atLeast: "1 s", atMost: "1 d" };
  const reading = readWithin({ dimension: "duration", limits }, text);
  if (reading.problem === undefined) return reading.value;
  throw new InputError(`--interval: ${reading.problem}. ${reading.hint}.`);
}

async function started(server: TrackerServer, options: TrackerOptions): Promise<void> {
  try {
    await server.start();
  } catch (error) {
    throw new InputError(refusal(error as NodeJS.ErrnoException & { port?: number }, options));
  }
}

/** What the system did not let us, and what to do about it. */
function refusal(
  error: NodeJS.ErrnoException & { port?: number },
  { host, http, udp }: TrackerOptions,
): string {
  const isUdp = error.syscall === "bind";
  const option = isUdp ? "--udp" : "--http";
  const number = error.port ?? (isUdp ? udp : http) ?? DEFAULT_PORT;
  const place = `port ${number} of ${host} (${isUdp ? "UDP" : "TCP"})`;
  switch (error.code) {
    case "EADDRINUSE":
      return `Cannot listen on ${place}: another program does. Choose another with ${option} PORT, or 0 for any free one.`;
    case "EACCES":
      return `Cannot listen on ${place}: the system does not allow it. Choose a port from 1024 on with ${option} PORT.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EADDRNOTAVAIL":
    case "EINVAL":
      return `--host ${host}: this machine has no such address. Give one of its own, 127.0.0.1 for itself alone, or 0.0.0.0 or :: for all.`;
    default:
      return `Cannot listen on ${place}: ${reason(error)}.`;
  }
}

/** What to announce to, and where a browser sees what happens. */
interface Addresses {
  readonly announce: readonly string[];
  readonly stats: string | undefined;
}

function addressesOf(server: TrackerServer): Addresses {
  const { http, udp } = server.address();
  const announce = [
    ...reachableAt(http).map((place) => `http://${endpointText(place)}/announce`),
    ...reachableAt(udp).map((place) => `udp://${endpointText(place)}/announce`),
  ];
  const [first] = reachableAt(http);
  return { announce, stats: first && `http://${endpointText(first)}/` };
}

/** Who listens on all addresses is reached at each of them. */
function reachableAt(place: Endpoint | undefined): Endpoint[] {
  if (place === undefined) return [];
  const bytes = ipToBytes(place.host);
  if (bytes === undefined || !isUnspecified(bytes)) return [place];
  const all = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return all
    .filter(
      ({ family, address }) => isForOthers(address) && (bytes.length === 16 || family === "IPv4"),
    )
    .map(({ address }) => ({ host: address, port: place.port }));
}

/** Not of one link alone (RFC 4291: fe80::/10), which needs a zone beside the address. */
function isForOthers(address: string): boolean {
  return !/^fe[89ab]/i.test(address);
}

function greeting({ announce, stats }: Addresses, host: string): string {
  const lines = ["Tracker, until Ctrl-C. Announce to", ...announce.map((url) => `  ${url}`)];
  if (stats !== undefined) lines.push(`What happens: ${stats}`);
  const bytes = ipToBytes(host);
  if (host === "localhost" || (bytes !== undefined && isLoopback(bytes))) {
    lines.push("Only this machine can reach it; --host 0.0.0.0 or :: opens it to others.");
  }
  return `${lines.join("\n")}\n`;
}
