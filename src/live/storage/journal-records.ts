import { crc32 } from "node:zlib";
import { Bitfield } from "../../core/bitfield.ts";

/** Time of a file's last change in ns since 1970, as the file system tells; 0n: we never wrote it, or do not know. */
export type FileTime = bigint;

/** Everything known when the record was opened. Always the first. */
export interface StartRecord {
  readonly kind: "start";
  /** 20 bytes. */
  readonly infohash: Uint8Array;
  /** See `thisBoot`. */
  readonly boot: string;
  /** Nothing was being written, and all of it was flushed to the disk. */
  readonly isClean: boolean;
  readonly verified: Bitfield;
  /** One a file. */
  readonly times: BigInt64Array;
}

/** Files are about to be written: parts of these pieces, all right by their hashes, or blocks not verified yet when there is none. */
export interface IntentRecord {
  readonly kind: "intent";
  /** ms since 1970. */
  readonly at: number;
  readonly pieces: readonly number[];
}

/** What the last intent announced is written. */
export interface DoneRecord {
  readonly kind: "done";
  readonly pieces: readonly number[];
  /** The files that it touched, and their times since. */
  readonly touched: readonly (readonly [file: number, time: FileTime])[];
}

/** All files are flushed to the disk, and nothing is being written. */
export interface CleanRecord {
  readonly kind: "clean";
}

export type JournalRecord = StartRecord | IntentRecord | DoneRecord | CleanRecord;

const codes = { start: 1, intent: 2, done: 3, clean: 4 } as const;

/** Length and CRC-32 of what follows, 4 bytes each. */
const headLength = 8;

/** A record as it stands in the journal: length, checksum, code, and its fields. */
export function encodeRecord(record: JournalRecord): Uint8Array {
  const body = bodyOf(record);
  const bytes = Buffer.allocUnsafe(headLength + body.length);
  bytes.writeUInt32LE(body.length, 0);
  bytes.writeUInt32LE(crc32(body), 4);
  bytes.set(body, headLength);
  return bytes;
}

function bodyOf(record: JournalRecord): Buffer {
  const code = codes[record.kind];
  switch (record.kind) {
    case "start": {
      const { infohash, boot, isClean, verified, times } = record;
      const numbers = Buffer.alloc(10);
      numbers.writeUInt8(isClean ? 1 : 0, 0);
      numbers.writeUInt8(Buffer.byteLength(boot), 1);
      numbers.writeUInt32LE(verified.length, 2);
      numbers.writeUInt32LE(times.length, 6);
      const timeBytes = Buffer.from(times.buffer, times.byteOffset, times.byteLength);
      const parts = [[code], infohash, numbers, Buffer.from(boot), verified.toBytes(), timeBytes];
      return Buffer.concat(parts.map((part) => (Array.isArray(part) ? Buffer.from(part) : part)));
    }
    case "intent": {
      const body = Buffer.allocUnsafe(13 + 4 * record.pieces.length);
      body.writeUInt8(code, 0);
      body.writeDoubleLE(record.at, 1);
      putPieces(body, 9, record.pieces);
      return body;
    }
    case "done": {
      const { pieces, touched } = record;
      const body = Buffer.allocUnsafe(5 + 4 * pieces.length + 12 * touched.length);
      body.writeUInt8(code, 0);
      let at = putPieces(body, 1, pieces);
      for (const [file, time] of touched) {
        body.writeUInt32LE(file, at);
        body.writeBigInt64LE(time, at + 4);
        at += 12;
      }
      return body;
    }
    case "clean":
      return Buffer.from([code]);
  }
}

/** Returns where what follows them begins. */
function putPieces(body: Buffer, begin: number, pieces: readonly number[]): number {
  body.writeUInt32LE(pieces.length, begin);
  let at = begin + 4;
  for (const piece of pieces) {
    body.writeUInt32LE(piece, at);
    at += 4;
  }
  return at;
}

/** The record at `at` and where the next one begins; undefined when it is torn, damaged, or there is none. */
export function decodeRecord(
  journal: Buffer,
  at: number,
): { readonly record: JournalRecord; readonly next: number } | undefined {
  if (at + headLength > journal.length) return undefined;
  const next = at + headLength + journal.readUInt32LE(at);
  if (next === at + headLength || next > journal.length) return undefined;
  const body = journal.subarray(at + headLength, next);
  if (crc32(body) !== journal.readUInt32LE(at + 4)) return undefined;
  const record = recordOf(body);
  return record && { record, next };
}

/** Lengths are trusted: the checksum was right, and none but we write them. */
function recordOf(body: Buffer): JournalRecord | undefined {
  switch (body.readUInt8(0)) {
    case codes.start:
      return startOf(body);
    case codes.intent:
      return { kind: "intent", at: body.readDoubleLE(1), pieces: piecesAt(body, 9) };
    case codes.done: {
      const pieces = piecesAt(body, 1);
      const touched: [number, bigint][] = [];
      for (let at = 5 + 4 * pieces.length; at < body.length; at += 12) {
        touched.push([body.readUInt32LE(at), body.readBigInt64LE(at + 4)]);
      }
      return { kind: "done", pieces, touched };
    }
    case codes.clean:
      return { kind: "clean" };
    default:
      return undefined;
  }
}

function startOf(body: Buffer): StartRecord | undefined {
  const bootEnd = 31 + body.readUInt8(22);
  const pieceCount = body.readUInt32LE(23);
  const fileCount = body.readUInt32LE(27);
  const fieldEnd = bootEnd + ((pieceCount + 7) >>> 3);
  const verified = Bitfield.fromBytes(body.subarray(bootEnd, fieldEnd), pieceCount);
  if (verified === undefined) return undefined;
  const times = new BigInt64Array(fileCount);
  new Uint8Array(times.buffer).set(body.subarray(fieldEnd, fieldEnd + 8 * fileCount));
  return {
    kind: "start",
    infohash: body.subarray(1, 21),
    boot: body.toString("utf8", 31, bootEnd),
    isClean: body.readUInt8(21) === 1,
    verified,
    times,
  };
}

function piecesAt(body: Buffer, begin: number): number[] {
  const count = body.readUInt32LE(begin);
  return Array.from({ length: count }, (_, i) => body.readUInt32LE(begin + 4 + 4 * i));
}
