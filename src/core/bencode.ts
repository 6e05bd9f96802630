import { assert } from "./assert.ts";
import { textToUtf8, utf8ToText } from "./utf8.ts";

/**
 * What bencoded bytes say (BEP 3). Integers that a number does not hold exactly are bigints. Byte strings are views into what was
 * decoded. A dictionary's keys are byte strings too, here as text with one character a byte, in the order in which they came.
 */
export type BencodeValue = number | bigint | Uint8Array | BencodeList | BencodeDictionary;
export type BencodeList = readonly BencodeValue[];
export type BencodeDictionary = ReadonlyMap<string, BencodeValue>;

/** The bytes are not bencoded, or beyond a bound. */
export class BencodeError extends Error {
  override name = "BencodeError";
  /** Of the byte that is wrong. */
  readonly offset: number;

  constructor(problem: string, offset: number) {
    super(`${problem} at byte ${offset}`);
    this.offset = offset;
  }
}

export interface BencodeOptions {
  /** Lists and dictionaries within each other; 100 by default, where a torrent file needs 5 and its folders in `file tree`. */
  readonly maxDepth?: number;
  /** Values in all, keys not counted: some 200 bytes of memory each. 100,000 by default, enough for any message. */
  readonly maxValues?: number;
  /** Refuses keys that are not in order. BEP 3 wants them sorted, and not all who write them do. */
  readonly isCanonical?: boolean;
}

/** Decodes bytes that are one value and nothing else. Throws a BencodeError. */
export function decodeBencode(bytes: Uint8Array, options: BencodeOptions = {}): BencodeValue {
  const { value, end } = decodeBencodePrefix(bytes, options);
  if (end < bytes.length) throw new BencodeError("something follows the value", end);
  return value;
}

/** Decodes the value that `bytes` begin with, and says where it ends: BEP 9 has data behind it. Throws a BencodeError. */
export function decodeBencodePrefix(
  bytes: Uint8Array,
  options: BencodeOptions = {},
): { readonly value: BencodeValue; readonly end: number } {
  // Not a Buffer, whose views would be Buffers.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new BencodeDecoder(plain, options);
  const value = decoder.next(0);
  return { value, end: decoder.at };
}

/**
 * The bytes of the value of `key`, as they stand in a dictionary that has been decoded before: an infohash is over these. Undefined
 * where the dictionary has no such key.
 */
export function rawValueOf(dictionary: Uint8Array, key: string): Uint8Array | undefined {
  const decoder = new BencodeDecoder(dictionary, {});
  decoder.at = 1;
  while (dictionary[decoder.at] !== END) {
    const name = byteText(decoder.byteString());
    const begin = decoder.at;
    decoder.skip();
    if (name === key) return dictionary.subarray(begin, decoder.at);
  }
  return undefined;
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

function byteText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

const [ZERO, NINE, COLON, MINUS] = [0x30, 0x39, 0x3a, 0x2d];
const [DICTIONARY, END, INTEGER, LIST] = [0x64, 0x65, 0x69, 0x6c];

/** Digits of an integer: 64 bits, which is what other implementations hold. */
const maxDigits = 20;

/** A key longer than this would be text of more than its bytes; keys that mean something have at most 20. */
const maxKeyLength = 1000;

class BencodeDecoder {
  /** Of the byte that is next. */
  at = 0;
  private readonly bytes: Uint8Array;
  private readonly maxDepth: number;
  private readonly isCanonical: boolean;
  private valuesLeft: number;

  constructor(bytes: Uint8Array, options: BencodeOptions) {
    const { maxDepth = 100, maxValues = 100_000, isCanonical = false } = options;
    this.bytes = bytes;
    this.maxDepth = maxDepth;
    this.isCanonical = isCanonical;
    this.valuesLeft = maxValues;
  }

  /** The next value, which is within `depth` lists and dictionaries. */
  next(depth: number): BencodeValue {
    if (this.valuesLeft-- <= 0) throw new BencodeError("too many values", this.at);
    const first = this.bytes[this.at];
    if (first === INTEGER) return this.integer();
    if (first !== LIST && first !== DICTIONARY) return this.byteString();
    if (depth >= this.maxDepth) throw new BencodeError("too many levels", this.at);
    this.at++;
    return first === LIST ? this.list(depth) : this.dictionary(depth);
  }

  private list(depth: number): BencodeList {
    const items: BencodeValue[] = [];
    while (this.bytes[this.at] !== END) items.push(this.next(depth + 1));
    this.at++;
    return items;
  }

  private dictionary(depth: number): BencodeDictionary {
    const entries = new Map<string, BencodeValue>();
    let before = "";
    while (this.bytes[this.at] !== END) {
      const begin = this.at;
      const bytes = this.byteString();
      if (bytes.length > maxKeyLength) throw new BencodeError("a key is too long", begin);
      const key = byteText(bytes);
      if (entries.has(key)) throw new BencodeError("a key stands twice", begin);
      if (this.isCanonical && key < before) throw new BencodeError("keys out of order", begin);
      entries.set(key, this.next(depth + 1));
      before = key;
    }
    this.at++;
    return entries;
  }

  private integer(): number | bigint {
    const begin = this.at++;
    const isNegative = this.bytes[this.at] === MINUS;
    if (isNegative) this.at++;
    const digits = this.digits(END, begin);
    if (isNegative && digits === "0") throw new BencodeError("negative zero", begin);
    const text = isNegative ? `-${digits}` : digits;
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : BigInt(text);
  }

  byteString(): Uint8Array {
    const begin = this.at;
    const length = Number(this.digits(COLON, begin));
    if (length > this.bytes.length - this.at) {
      throw new BencodeError("a string that is longer than what is left", begin);
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Digits, and the byte `end` that ends them; they belong to what begins at `begin`. */
  private digits(end: number, begin: number): string {
    let text = "";
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw new BencodeError("the bytes end too early", this.at);
      if (byte === end && text !== "") break;
      if (byte < ZERO || byte > NINE) {
        const what = this.at === begin ? "a value does not begin so" : "not a digit";
        throw new BencodeError(what, this.at);
      }
      if (text === "0") throw new BencodeError("a leading zero", begin);
      if (text.length >= maxDigits) throw new BencodeError("too many digits", begin);
      text += String.fromCharCode(byte);
      this.at++;
    }
    this.at++;
    return text;
  }

  /** Passes over a value. */
  skip(): void {
    let depth = 0;
    do {
      const byte = this.bytes[this.at];
      if (byte === INTEGER) this.integer();
      else if (byte === END || byte === LIST || byte === DICTIONARY) {
        depth += byte === END ? -1 : 1;
        this.at++;
      } else this.byteString();
    } while (depth > 0);
  }
}
