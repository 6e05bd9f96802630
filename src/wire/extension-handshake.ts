import {
  asDictionary,
  asInteger,
  asText,
  BencodeError,
  decodeBencode,
  encodeBencode,
} from "../core/bencode.ts";
import { WireError } from "./wire-error.ts";

/** BEP 10: the id of the extension handshake itself. */
export const EXTENSION_HANDSHAKE = 0;

/** What a peer says about itself in its extension handshake (BEP 10). */
export interface PeerExtensions {
  /** `v`: name and version of the client, "" when it does not say. Written by a stranger: shown, and nothing else. */
  readonly client: string;
  /** `reqq`: requests that it queues at most; undefined when it does not say. */
  readonly requestLimit: number | undefined;
  /** `p`: where it listens. */
  readonly port: number | undefined;
  /** `m`: by name, the ids under which it takes messages of an extension. */
  readonly ids: ReadonlyMap<string, number>;
}

/** Of a peer that said nothing yet. */
export const noExtensions: PeerExtensions = {
  client: "",
  requestLimit: undefined,
  port: undefined,
  ids: new Map(),
};

/** Longer names are cut, and further extensions not noted: a stranger may shake hands as often as it likes. */
const MOST_NAME = 64;
const MOST_IDS = 64;

export function encodeExtensionHandshake(own: PeerExtensions): Uint8Array {
  return encodeBencode({
    m: new Map(own.ids),
    p: own.port,
    reqq: own.requestLimit,
    v: own.client,
  });
}

/**
 * A peer may shake hands again, to add or to end extensions (id 0): what it does not repeat stays as `before` has it. What
 * has the wrong type is passed over. Throws `WireError` when the payload is no dictionary.
 */
export function decodeExtensionHandshake(
  payload: Uint8Array,
  before: PeerExtensions = noExtensions,
): PeerExtensions {
  const told = dictionaryIn(payload);
  const ids = new Map(before.ids);
  for (const [name, value] of asDictionary(told.get("m")) ?? []) {
    const id = asInteger(value);
    if (id === 0) ids.delete(name);
    else if (id !== undefined && id > 0 && id < 256 && ids.size < MOST_IDS) ids.set(name, id);
  }
  return {
    client: asText(told.get("v"))?.slice(0, MOST_NAME) ?? before.client,
    requestLimit: within(asInteger(told.get("reqq")), 1, 1_000_000) ?? before.requestLimit,
    port: within(asInteger(told.get("p")), 1, 65_535) ?? before.port,
    ids,
  };
}

function dictionaryIn(payload: Uint8Array) {
  try {
    const told = asDictionary(decodeBencode(payload));
    if (told !== undefined) return told;
  } catch (error) {
    if (!(error instanceof BencodeError)) throw error;
  }
  throw new WireError("bad-extension", "the extension handshake is not a bencoded dictionary");
}

function within(value: number | undefined, least: number, most: number): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}
