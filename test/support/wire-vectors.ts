import { Bitfield } from "../../src/core/bitfield.ts";
import type { WireMessages } from "../../src/wire/messages.ts";
import { hex } from "./wire.ts";

export interface Vector {
  readonly name: string;
  readonly bytes: string;
  readonly say: (to: WireMessages) => void;
  readonly line: string;
}

/** Every message but the handshake, written out by hand from BEP 3, 6 and 10; the torrent has 10 pieces. */
export const vectors: readonly Vector[] = [
  {
    name: "BEP 3 keep-alive",
    bytes: "00000000",
    say: (to) => to.keepAlive(),
    line: "keepAlive",
  },
  { name: "BEP 3 choke", bytes: "00000001 00", say: (to) => to.choke(), line: "choke" },
  { name: "BEP 3 unchoke", bytes: "00000001 01", say: (to) => to.unchoke(), line: "unchoke" },
  {
    name: "BEP 3 interested",
    bytes: "00000001 02",
    say: (to) => to.interested(),
    line: "interested",
  },
  {
    name: "BEP 3 not interested",
    bytes: "00000001 03",
    say: (to) => to.notInterested(),
    line: "notInterested",
  },
  {
    name: "BEP 3 have",
    bytes: "00000005 04 01020304",
    say: (to) => to.have(0x01020304),
    line: "have 16909060",
  },
  {
    name: "BEP 3 have, the highest index that fits",
    bytes: "00000005 04 ffffffff",
    say: (to) => to.have(0xffffffff),
    line: "have 4294967295",
  },
  {
    name: "BEP 3 bitfield, the high bit of the first byte is piece 0, spare bits are zero",
    bytes: "00000003 05 8140",
    say: (to) => to.bitfield(fieldOf([0, 7, 9])),
    line: "bitfield 10 8140",
  },
  {
    name: "BEP 3 request",
    bytes: "0000000d 06 00000009 00010000 00004000",
    say: (to) => to.request(9, 65_536, 16_384),
    line: "request 9 65536 16384",
  },
  {
    name: "BEP 3 piece",
    bytes: "0000000c 07 00000009 00004000 abcdef",
    say: (to) => to.piece(9, 16_384, { length: 3, bytes: hex("abcdef") }),
    line: "piece 9 16384 3 abcdef",
  },
  {
    name: "BEP 3 cancel",
    bytes: "0000000d 08 00000009 00010000 00004000",
    say: (to) => to.cancel(9, 65_536, 16_384),
    line: "cancel 9 65536 16384",
  },
  {
    name: "BEP 6 suggest piece",
    bytes: "00000005 0d 00000007",
    say: (to) => to.suggestPiece(7),
    line: "suggestPiece 7",
  },
  { name: "BEP 6 have all", bytes: "00000001 0e", say: (to) => to.haveAll(), line: "haveAll" },
  { name: "BEP 6 have none", bytes: "00000001 0f", say: (to) => to.haveNone(), line: "haveNone" },
  {
    name: "BEP 6 reject request",
    bytes: "0000000d 10 00000009 00010000 00004000",
    say: (to) => to.rejectRequest(9, 65_536, 16_384),
    line: "rejectRequest 9 65536 16384",
  },
  {
    name: "BEP 6 allowed fast",
    bytes: "00000005 11 00000003",
    say: (to) => to.allowedFast(3),
    line: "allowedFast 3",
  },
  {
    name: "BEP 10 extended, id 0 with the payload d1:pi6881ee",
    bytes: "0000000d 14 00 64313a70693638383165 65",
    say: (to) => to.extended(0, hex("64313a7069363838316565")),
    line: "extended 0 64313a7069363838316565",
  },
  {
    name: "BEP 10 extended without a payload",
    bytes: "00000002 14 03",
    say: (to) => to.extended(3, new Uint8Array(0)),
    line: "extended 3",
  },
];

export function fieldOf(pieces: readonly number[]): Bitfield {
  const field = new Bitfield(10);
  for (const piece of pieces) field.set(piece);
  return field;
}
