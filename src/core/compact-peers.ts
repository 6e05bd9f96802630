import type { Endpoint } from "./endpoint.ts";
import { bytesToIp, ipToBytes } from "./ip-address.ts";

/** The two kinds of addresses, which never stand in one compact string. */
export type AddressFamily = "IPv4" | "IPv6";

/** Bytes of one peer: address and port. BEP 23: 6; BEP 7: 18. */
export const compactLength: Readonly<Record<AddressFamily, number>> = { IPv4: 6, IPv6: 18 };

const PORT_LENGTH = 2;

/** The peers of a compact string (BEP 23, BEP 7: `peers6`, BEP 11). A last one that is cut off is left out. */
export function readCompactPeers(bytes: Uint8Array, family: AddressFamily): Endpoint[] {
  const length = compactLength[family];
  const endpoints: Endpoint[] = [];
  for (let at = 0; at + length <= bytes.length; at += length) {
    const portAt = at + length - PORT_LENGTH;
    endpoints.push({
      host: bytesToIp(bytes.subarray(at, portAt)),
      port: ((bytes[portAt] as number) << 8) | (bytes[portAt + 1] as number),
    });
  }
  return endpoints;
}

/** The compact strings of peers, in their order. Hosts that are no IP addresses stand in none. */
export function writeCompactPeers(
  endpoints: readonly Endpoint[],
): Record<AddressFamily, Uint8Array> {
  const bytes: Record<AddressFamily, number[]> = { IPv4: [], IPv6: [] };
  for (const { host, port } of endpoints) {
    const address = ipToBytes(host);
    if (address === undefined) continue;
    const family = address.length + PORT_LENGTH === compactLength.IPv4 ? "IPv4" : "IPv6";
    bytes[family].push(...address, port >> 8, port & 0xff);
  }
  return { IPv4: Uint8Array.from(bytes.IPv4), IPv6: Uint8Array.from(bytes.IPv6) };
}
