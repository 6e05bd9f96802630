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
  /**
   * Keys of the outermost dictionary whose values are not decoded: they are views of the bytes as they stand, to be hashed, or decoded when
   * it is their turn.
   */
  readonly rawKeys?: readonly string[];
  /** The place in the buffer from which errors count bytes: where the whole begins that these bytes are a part of. */
  readonly origin?: number;
}

const [ZERO, NINE, COLON, MINUS] = [0x30, 0x39, 0x3a, 0x2d];
const [DICTIONARY, END, INTEGER, LIST] = [0x64, 0x65, 0x69, 0x6c];

/** Digits of an integer: 64 bits, which is what other implementations hold. */
const maxDigits = 20;

/** A key longer than this would be text of more than its bytes; keys that mean something have at most 20. */
const maxKeyLength = 1000;

/** Goes through bencoded bytes once, from the front. What it meets that is not bencoded, or beyond a bound, is a BencodeError. */
export class BencodeDecoder {
  /** Of the byte that is next. */
  at = 0;
  private readonly bytes: Uint8Array;
  private readonly maxDepth: number;
  private readonly maxValues: number;
  private readonly isCanonical: boolean;
  private readonly rawKeys: readonly string[];
  /** Of the first byte, as errors count. */
  private readonly offset: number;
  private valuesLeft: number;

  constructor(bytes: Uint8Array, options: BencodeOptions) {
    const { maxDepth = 100, maxValues = 100_000, isCanonical = false, rawKeys = [] } = options;
    // Not a Buffer, whose views would be Buffers.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.maxDepth = maxDepth;
    this.maxValues = maxValues;
    this.isCanonical = isCanonical;
    this.rawKeys = rawKeys;
    this.offset = bytes.byteOffset - (options.origin ?? bytes.byteOffset);
    this.valuesLeft = maxValues;
  }

  /** The next value, which is within `depth` lists and dictionaries. */
  next(depth: number): BencodeValue {
    if (this.valuesLeft-- <= 0) throw this.error("too many values");
    const first = this.bytes[this.at];
    if (first === INTEGER) return this.integer();
    if (first !== LIST && first !== DICTIONARY) return this.byteString();
    if (depth >= this.maxDepth) throw this.error("too many levels");
    this.at++;
    return first === LIST ? this.list(depth) : this.dictionary(depth);
  }

  expectEnd(): void {
    if (this.at < this.bytes.length) throw this.error("something follows the value");
  }

  enterList(): void {
    if (this.bytes[this.at] !== LIST) throw this.error("a list does not begin so");
    this.at++;
  }

  /** An item of the outermost list, which has all of the bound for itself. */
  item(): BencodeValue {
    this.valuesLeft = this.maxValues;
    return this.next(1);
  }

  /** Passes over the end of a list or dictionary, if it is there. */
  leave(): boolean {
    if (this.bytes[this.at] !== END) return false;
    this.at++;
    return true;
  }

  private list(depth: number): BencodeList {
    const items: BencodeValue[] = [];
    while (!this.leave()) items.push(this.next(depth + 1));
    return items;
  }

  private dictionary(depth: number): BencodeDictionary {
    const entries = new Map<string, BencodeValue>();
    let before = "";
    while (!this.leave()) {
      const begin = this.at;
      const bytes = this.byteString();
      if (bytes.length > maxKeyLength) throw this.error("a key is too long", begin);
      const key = String.fromCharCode(...bytes);
      if (entries.has(key)) throw this.error("a key stands twice", begin);
      if (this.isCanonical && key < before) throw this.error("keys out of order", begin);
      const isRaw = depth === 0 && this.rawKeys.includes(key);
      entries.set(key, isRaw ? this.raw() : this.next(depth + 1));
      before = key;
    }
    return entries;
  }

  private integer(): number | bigint {
    const begin = this.at++;
    const isNegative = this.bytes[this.at] === MINUS;
    if (isNegative) this.at++;
    const size = this.digits(END, begin);
    if (isNegative && size === 0) throw this.error("negative zero", begin);
    if (Number.isSafeInteger(size)) return isNegative ? -size : size;
    return BigInt(String.fromCharCode(...this.bytes.subarray(begin + 1, this.at - 1)));
  }

  private byteString(): Uint8Array {
    const begin = this.at;
    const length = this.digits(COLON, begin);
    if (length > this.bytes.length - this.at) {
      throw this.error("a string that is longer than what is left", begin);
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** The number of digits, and the byte `end` that ends them; they belong to what begins at `begin`. Exact where it is safe. */
  private digits(end: number, begin: number): number {
    const first = this.at;
    let value = 0;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw this.error("the bytes end too early");
      if (byte === end && this.at > first) break;
      if (byte < ZERO || byte > NINE) {
        throw this.error(this.at === begin ? "a value does not begin so" : "not a digit");
      }
      if (value === 0 && this.at > first) throw this.error("a leading zero", begin);
      if (this.at - first >= maxDigits) throw this.error("too many digits", begin);
      value = 10 * value + (byte - ZERO);
      this.at++;
    }
    this.at++;
    return value;
  }

  /** The bytes of a value as they stand. What is in it is not looked at. */
  private raw(): Uint8Array {
    const begin = this.at;
    let depth = 0;
    do {
      const byte = this.bytes[this.at];
      if (byte === INTEGER) this.integer();
      else if (byte === LIST || byte === DICTIONARY) {
        depth++;
        this.at++;
      } else if (depth > 0 && this.leave()) depth--;
      else this.byteString();
    } while (depth > 0);
    return this.bytes.subarray(begin, this.at);
  }

  private error(problem: string, at: number = this.at): BencodeError {
    return new BencodeError(problem, this.offset + at);
  }
}
