import { assert } from "./assert.ts";
import {
  BencodeDecoder,
  type BencodeDictionary,
  BencodeError,
  type BencodeList,
  type BencodeOptions,
  type BencodeValue,
} from "./bencode-decoder.ts";
import { textToUtf8, utf8ToText } from "./utf8.ts";

export type { BencodeDictionary, BencodeList, BencodeOptions, BencodeValue };
export { BencodeError };

/** Decodes bytes that are one value and nothing else. Throws a BencodeError. */
export function decodeBencode(bytes: Uint8Array, options: BencodeOptions = {}): BencodeValue {
  const decoder = new BencodeDecoder(bytes, options);
  const value = decoder.next(0);
  decoder.expectEnd();
  return value;
}

/** Decodes the value that `bytes` begin with, and says where it ends: BEP 9 has data behind it. Throws a BencodeError. */
export function decodeBencodePrefix(
  bytes: Uint8Array,
  options: BencodeOptions = {},
): { readonly value: BencodeValue; readonly end: number } {
  const decoder = new BencodeDecoder(bytes, options);
  const value = decoder.next(0);
  return { value, end: decoder.at };
}

/** Decodes the items of a list one by one, each within the bounds: a long list is never in memory as a whole. Throws a BencodeError. */
export function* bencodedItems(
  list: Uint8Array,
  options: BencodeOptions = {},
): Generator<BencodeValue, void> {
  const decoder = new BencodeDecoder(list, options);
  decoder.enterList();
  while (!decoder.leave()) yield decoder.item();
  decoder.expectEnd();
}

/** The value if it is an integer that a number holds exactly. */
export function asInteger(value: BencodeValue | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The value if it is a byte string. */
export function asBytes(value: BencodeValue | undefined): Uint8Array | undefined {
  return value instanceof Uint8Array ? value : undefined;
}

/** The value if it is a byte string in UTF-8. */
export function asText(value: BencodeValue | undefined): string | undefined {
  return value instanceof Uint8Array ? utf8ToText(value) : undefined;
}

/** The value if it is a list. */
export function asList(value: BencodeValue | undefined): BencodeList | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** The value if it is a dictionary. */
export function asDictionary(value: BencodeValue | undefined): BencodeDictionary | undefined {
  return value instanceof Map ? value : undefined;
}

/** What can be encoded: text is written as UTF-8, an object as a dictionary without its undefined values. */
export type Bencodable =
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Bencodable[]
  | ReadonlyMap<string, Bencodable>
  | { readonly [key: string]: Bencodable | undefined };

/** Encodes a value. Keys, one character a byte, are put in order. Numbers must be exact integers. */
export function encodeBencode(value: Bencodable): Uint8Array {
  const parts: Uint8Array[] = [];
  append(value, parts);
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function append(value: Bencodable, parts: Uint8Array[]): void {
  const put = (text: string) => parts.push(bytesOf(text));
  if (typeof value === "number" || typeof value === "bigint") {
    assert(typeof value === "bigint" || Number.isSafeInteger(value), `${value} is no integer`);
    put(`i${BigInt(value)}e`); // a bigint has no negative zero
  } else if (typeof value === "string" || value instanceof Uint8Array) {
    const bytes = typeof value === "string" ? textToUtf8(value) : value;
    put(`${bytes.length}:`);
    parts.push(bytes);
  } else if (Array.isArray(value)) {
    put("l");
    for (const item of value) append(item, parts);
    put("e");
  } else {
    put("d");
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    // Of texts with one character a byte, the order is that of the bytes.
    for (const [key, item] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (item === undefined) continue;
      put(`${key.length}:${key}`);
      append(item, parts);
    }
    put("e");
  }
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const byte = character.charCodeAt(0);
    assert(byte < 256, `key with ${JSON.stringify(character)}, which is not one byte`);
    return byte;
  });
}
