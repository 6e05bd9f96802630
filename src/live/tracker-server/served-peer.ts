import { type AddressFamily, compactLength } from "../../core/compact-peers.ts";
import { bytesToIp } from "../../core/ip-address.ts";
import { ID_LENGTH } from "../../tracker/announce-parameters.ts";

/**
 * A peer as our tracker keeps it. It is known by its address and its id: many peers may share an address, behind a router or on one
 * machine, and nobody who reads somebody's id can speak for them from elsewhere.
 */
export interface ServedPeer {
  /** Bytes of the address, then of the peer id, one a character. */
  readonly key: string;
  readonly port: number;
}

/** `ip`: 4 or 16 bytes. */
export function servedPeer(ip: Uint8Array, peerId: Uint8Array, port: number): ServedPeer {
  return { key: latin1(ip) + latin1(peerId), port };
}

export function familyOf(ip: Uint8Array): AddressFamily {
  return ip.length === 4 ? "IPv4" : "IPv6";
}

/** Whose peers and requests are counted together: an address of IPv4, or a /64 of IPv6, which is what one network has. */
export function addressKey(ip: Uint8Array): string {
  return latin1(ip.length === 4 ? ip : ip.subarray(0, 8));
}

/** The same of a peer. */
export function addressKeyOf({ key }: ServedPeer): string {
  const length = key.length - ID_LENGTH;
  return key.slice(0, length === 4 ? 4 : 8);
}

export function hostOf({ key }: ServedPeer): string {
  return bytesToIp(bytesOf(key.slice(0, -ID_LENGTH)));
}

export function peerIdOf({ key }: ServedPeer): Uint8Array {
  return bytesOf(key.slice(-ID_LENGTH));
}

/** The compact string of peers of one family, without those that listen where `asker` does. */
export function compactString(
  peers: readonly ServedPeer[],
  family: AddressFamily,
  asker: ServedPeer,
): Uint8Array {
  const stride = compactLength[family];
  const bytes = new Uint8Array(peers.length * stride);
  let at = 0;
  for (const peer of peers) {
    if (listensWith(peer, asker)) continue;
    const { key, port } = peer;
    for (let i = 0; i < stride - 2; i++) bytes[at++] = key.charCodeAt(i);
    bytes[at++] = port >> 8;
    bytes[at++] = port;
  }
  return bytes.subarray(0, at);
}

/** Whether `peer` listens where `asker` does: it is what the asker was before it was started anew. */
export function listensWith(peer: ServedPeer, asker: ServedPeer): boolean {
  if (peer.port !== asker.port || peer.key.length !== asker.key.length) return false;
  for (let i = peer.key.length - ID_LENGTH - 1; i >= 0; i--) {
    if (peer.key.charCodeAt(i) !== asker.key.charCodeAt(i)) return false;
  }
  return true;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
