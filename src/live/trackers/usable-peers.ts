import { networkInterfaces } from "node:os";
import { type Endpoint, endpointText } from "../../core/endpoint.ts";
import { bytesToIp, isMulticast, isUnspecified, plainIpBytes } from "../../core/ip-address.ts";

/** Where a client listens itself: a tracker hands it out to the client too. */
export interface OwnPlace {
  readonly port: number;
  /** The addresses that are the client's. */
  readonly hosts: ReadonlySet<string>;
}

/** The addresses that a client can be reached at, which listens on `host`, or on all of this machine's. */
export function ownHosts(host: string | undefined): Set<string> {
  const bytes = host === undefined ? undefined : plainIpBytes(host);
  if (bytes !== undefined && !isUnspecified(bytes)) return new Set([bytesToIp(bytes)]);
  const all = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return new Set(all.map(({ address }) => plainText(address)));
}

/** Those of `peers` that somebody else can be reached at, none twice, in their order. */
export function usablePeers(peers: readonly Endpoint[], own: OwnPlace): Endpoint[] {
  const usable = new Map<string, Endpoint>();
  for (const { host, port } of peers) {
    const bytes = plainIpBytes(host);
    if (port === 0) continue;
    if (bytes !== undefined && (isUnspecified(bytes) || isMulticast(bytes))) continue;
    const endpoint = { host: plainText(host), port };
    if (port === own.port && own.hosts.has(endpoint.host)) continue;
    usable.set(endpointText(endpoint), endpoint);
  }
  return [...usable.values()];
}

/** In the one form that every address has; a host name as it is. */
function plainText(host: string): string {
  const bytes = plainIpBytes(host);
  return bytes === undefined ? host : bytesToIp(bytes);
}
