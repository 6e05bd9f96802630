import { assert } from "../core/assert.ts";
import { asciiToBytes } from "../core/bytes.ts";
import type { Handshake } from "./messages.ts";
import { WireError } from "./wire-error.ts";

/** BEP 3: the character 19, then the protocol's name. */
const PROTOCOL = asciiToBytes("\x13BitTorrent protocol");
const RESERVED_LENGTH = 8; // BEP 3
const INFOHASH_LENGTH = 20; // BEP 3: SHA-1
const PEER_ID_LENGTH = 20; // BEP 3

const INFOHASH_AT = PROTOCOL.length + RESERVED_LENGTH;
const PEER_ID_AT = INFOHASH_AT + INFOHASH_LENGTH;

/** BEP 3: 68 bytes in all. */
export const HANDSHAKE_LENGTH = PEER_ID_AT + PEER_ID_LENGTH;

export function encodeHandshake({ reserved, infohash, peerId }: Handshake): Uint8Array {
  assert(reserved.length === RESERVED_LENGTH, "reserved bytes are 8");
  assert(infohash.length === INFOHASH_LENGTH, "an infohash has 20 bytes");
  assert(peerId.length === PEER_ID_LENGTH, "a peer id has 20 bytes");
  const bytes = new Uint8Array(HANDSHAKE_LENGTH);
  bytes.set(PROTOCOL);
  bytes.set(reserved, PROTOCOL.length);
  bytes.set(infohash, INFOHASH_AT);
  bytes.set(peerId, PEER_ID_AT);
  return bytes;
}

/** The handshake in 68 bytes; it shares no memory with them, for it stays as long as the connection. */
export function decodeHandshake(bytes: Uint8Array): Handshake {
  assert(bytes.length === HANDSHAKE_LENGTH, "a handshake has 68 bytes");
  checkProtocol(bytes);
  return {
    reserved: bytes.slice(PROTOCOL.length, INFOHASH_AT),
    infohash: bytes.slice(INFOHASH_AT, PEER_ID_AT),
    peerId: bytes.slice(PEER_ID_AT),
  };
}

/** Throws `WireError` when `start` cannot be the start of a handshake, however short it is. */
export function checkProtocol(start: Uint8Array): void {
  const length = Math.min(start.length, PROTOCOL.length);
  for (let i = 0; i < length; i++) {
    if (start[i] === PROTOCOL[i]) continue;
    throw new WireError("bad-protocol", `byte ${i} of the handshake is not BitTorrent's`);
  }
}

/** The extensions that a peer offers in its handshake. */
export interface Offers {
  readonly fast?: boolean;
  readonly extensions?: boolean;
  readonly dht?: boolean;
}

export function reservedBytes({ fast, extensions, dht }: Offers): Uint8Array {
  const reserved = new Uint8Array(RESERVED_LENGTH);
  if (extensions === true) reserved[5] = EXTENSIONS_BIT;
  if (fast === true) reserved[7] = FAST_BIT;
  if (dht === true) reserved[7] = (reserved[7] as number) | DHT_BIT;
  return reserved;
}

const EXTENSIONS_BIT = 0x10; // BEP 10: reserved_byte[5] & 0x10
const FAST_BIT = 0x04; // BEP 6: reserved[7] |= 0x04
const DHT_BIT = 0x01; // BEP 5: the last bit of the reserved flags

export function offersExtensions(reserved: Uint8Array): boolean {
  return ((reserved[5] as number) & EXTENSIONS_BIT) !== 0;
}

export function offersFast(reserved: Uint8Array): boolean {
  return ((reserved[7] as number) & FAST_BIT) !== 0;
}

export function offersDht(reserved: Uint8Array): boolean {
  return ((reserved[7] as number) & DHT_BIT) !== 0;
}
