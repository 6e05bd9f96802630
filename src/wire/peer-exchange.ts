import {
  asBytes,
  asDictionary,
  type BencodeDictionary,
  BencodeError,
  decodeBencode,
  encodeBencode,
} from "../core/bencode.ts";
import {
  type AddressFamily,
  compactLength,
  readCompactPeers,
  writeCompactPeers,
} from "../core/compact-peers.ts";
import { type Endpoint, endpointText } from "../core/endpoint.ts";
import { WireError } from "./wire-error.ts";

/** BEP 10: the name of the extension. */
export const PEER_EXCHANGE = "ut_pex";

/** BEP 11: bits of a peer's flags. */
export const exchangeFlags = {
  prefersEncryption: 0x01,
  isSeeder: 0x02,
  hasUtp: 0x04,
  hasHolepunch: 0x08,
  /** We dialled it, so others can. */
  isReachable: 0x10,
} as const;

/** A peer that somebody is connected with. */
export interface ExchangedPeer {
  readonly endpoint: Endpoint;
  /** Bits of `exchangeFlags`; 0 when nothing is said. */
  readonly flags: number;
}

/** Who was connected, and who went, since the last message (BEP 11). */
export interface PeerExchange {
  readonly added: readonly ExchangedPeer[];
  readonly dropped: readonly Endpoint[];
}

/** BEP 11: peers added in one message, of both families, and as many dropped. */
export const MAX_EXCHANGED = 50;

/** Further ones in a message that comes are passed over: libtorrent sends up to 100 (max_peer_entries in ut_pex.cpp). */
const MAX_READ = 100;

/** Peers beyond the bound are left out, and so are hosts that are no addresses. */
export function encodePeerExchange({ added, dropped }: PeerExchange): Uint8Array {
  const entering = added.slice(0, MAX_EXCHANGED);
  const peers = writeCompactPeers(entering.map(({ endpoint }) => endpoint));
  const gone = writeCompactPeers(dropped.slice(0, MAX_EXCHANGED));
  return encodeBencode({
    added: peers.IPv4,
    "added.f": flagsOf(entering, "IPv4"),
    added6: some(peers.IPv6),
    "added6.f": some(flagsOf(entering, "IPv6")),
    dropped: gone.IPv4,
    dropped6: some(gone.IPv6),
  });
}

/** A peer is told once, and never both added and dropped. Throws `WireError` when the payload is no dictionary. */
export function decodePeerExchange(payload: Uint8Array): PeerExchange {
  const told = dictionaryIn(payload);
  const added = new Map<string, ExchangedPeer>();
  const families = [
    ["IPv4", "added", "dropped"],
    ["IPv6", "added6", "dropped6"],
  ] as const;
  for (const [family, key] of families) {
    const flags = asBytes(told.get(`${key}.f`));
    for (const [i, endpoint] of peersOf(told, key, family).entries()) {
      const name = endpointText(endpoint);
      if (!added.has(name)) added.set(name, { endpoint, flags: flags?.[i] ?? 0 });
    }
  }
  const dropped = new Map<string, Endpoint>();
  for (const [family, , key] of families) {
    for (const endpoint of peersOf(told, key, family)) {
      const name = endpointText(endpoint);
      if (!added.has(name)) dropped.set(name, endpoint);
    }
  }
  return {
    added: [...added.values()].slice(0, MAX_READ),
    dropped: [...dropped.values()].slice(0, MAX_READ),
  };
}

function peersOf(told: BencodeDictionary, key: string, family: AddressFamily): Endpoint[] {
  const bytes = asBytes(told.get(key)) ?? new Uint8Array();
  return readCompactPeers(bytes.subarray(0, MAX_READ * compactLength[family]), family);
}

/** One byte for each peer of the family, in the order of their compact string. */
function flagsOf(peers: readonly ExchangedPeer[], family: AddressFamily): Uint8Array {
  const own = peers.filter(({ endpoint }) => writeCompactPeers([endpoint])[family].length > 0);
  return Uint8Array.from(own, ({ flags }) => flags);
}

function some(bytes: Uint8Array): Uint8Array | undefined {
  return bytes.length > 0 ? bytes : undefined;
}

function dictionaryIn(payload: Uint8Array): BencodeDictionary {
  try {
    const told = asDictionary(decodeBencode(payload));
    if (told !== undefined) return told;
  } catch (error) {
    if (!(error instanceof BencodeError)) throw error;
  }
  throw new WireError("bad-extension", "a peer exchange is not a bencoded dictionary");
}
