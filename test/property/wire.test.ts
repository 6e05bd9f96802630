import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Bitfield } from "../../src/core/bitfield.ts";
import { Decoder } from "../../src/wire/decoder.ts";
import { MessageLengths } from "../../src/wire/message-lengths.ts";
import type { WireMessages } from "../../src/wire/messages.ts";
import { WireError } from "../../src/wire/wire-error.ts";
import { allExtensions, encoded, handshakeOf, WireLog } from "../support/wire.ts";

const PIECES = 20;
const lengths = new MessageLengths(PIECES, { maxBlockLength: 64, maxExtensionPayload: 100 });

type Saying = (to: WireMessages) => void;

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const saying: fc.Arbitrary<Saying> = fc.oneof(
  fc.constantFrom<Saying>(
    (to) => to.keepAlive(),
    (to) => to.choke(),
    (to) => to.unchoke(),
    (to) => to.interested(),
    (to) => to.notInterested(),
    (to) => to.haveAll(),
    (to) => to.haveNone(),
  ),
  uint32.map<Saying>((piece) => (to) => to.have(piece)),
  uint32.map<Saying>((piece) => (to) => to.suggestPiece(piece)),
  uint32.map<Saying>((piece) => (to) => to.allowedFast(piece)),
  fc.tuple(uint32, uint32, uint32).map<Saying>((block) => (to) => to.request(...block)),
  fc.tuple(uint32, uint32, uint32).map<Saying>((block) => (to) => to.cancel(...block)),
  fc.tuple(uint32, uint32, uint32).map<Saying>((block) => (to) => to.rejectRequest(...block)),
  fc.array(fc.nat(PIECES - 1)).map<Saying>((pieces) => (to) => {
    const field = new Bitfield(PIECES);
    for (const piece of pieces) field.set(piece);
    to.bitfield(field);
  }),
  fc
    .tuple(uint32, uint32, fc.uint8Array({ minLength: 1, maxLength: 64 }))
    .map<Saying>(([piece, begin, bytes]) => (to) => {
      to.piece(piece, begin, { length: bytes.length, bytes });
    }),
  fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 100 })).map<Saying>(
    ([id, payload]) =>
      (to) =>
        to.extended(id, payload),
  ),
);

const conversation = fc.array(saying, { maxLength: 12 }).map((sayings) => (to: WireMessages) => {
  to.handshake(handshakeOf());
  for (const say of sayings) say(to);
});

/** Lengths of chunks, used over and over until the bytes are cut. */
const chunking = fc.oneof(
  fc.constant([1]),
  fc.constant([100_000]),
  fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 8 }),
);

function* cut(bytes: Uint8Array, sizes: readonly number[]): Iterable<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe("what is encoded and cut up", () => {
  test("is decoded as it was said, and nothing stays behind", () => {
    fc.assert(
      fc.property(conversation, chunking, (say, sizes) => {
        const said = new WireLog();
        say(said);
        const heard = new WireLog();
        const decoder = new Decoder(heard, lengths, allExtensions);
        let most = 0;
        for (const chunk of cut(encoded(say), sizes)) {
          decoder.push(chunk);
          most = Math.max(most, decoder.bufferedBytes);
        }
        expect(most).toBeLessThanOrEqual(decoder.maxBuffered);
        expect(heard.lines).toEqual(said.lines);
        expect(decoder.bufferedBytes).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test("is heard up to where the target hangs up, and no further", () => {
    fc.assert(
      fc.property(conversation, chunking, fc.nat(12), (say, sizes, last) => {
        const said = new WireLog();
        say(said);
        const heard = new WireLog();
        const decoder = new Decoder(heard, lengths, allExtensions);
        heard.heard = () => {
          if (heard.lines.length === last + 1) decoder.close();
        };
        for (const chunk of cut(encoded(say), sizes)) decoder.push(chunk);
        expect(heard.lines).toEqual(said.lines.slice(0, last + 1));
      }),
    );
  });
});

/** Frames that are nearly right: a length prefix near the truth, an id, and whatever. */
const frame = fc
  .tuple(
    fc.oneof(fc.nat(130), uint32),
    fc.oneof(fc.nat(22), fc.nat(255)),
    fc.uint8Array({ maxLength: 130 }),
  )
  .map(([length, id, body]) => {
    const prefix = new Uint8Array(4);
    new DataView(prefix.buffer).setUint32(0, length);
    return [...prefix, id, ...body];
  });

const noise = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => [...bytes]),
  fc.array(frame, { maxLength: 6 }).map((frames) => frames.flat()),
  // Something right with a few bytes of it changed.
  fc
    .tuple(conversation, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
    .map(([say, changes]) => {
      const bytes = [...encoded(say)].slice(68);
      for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      return bytes;
    }),
);

describe("noise", () => {
  test.each([
    ["from the first byte", new Uint8Array(0)],
    ["after the handshake", encoded((to) => to.handshake(handshakeOf()))],
  ])("%s throws a WireError at most, once, and then the decoder is silent", (_when, start) => {
    fc.assert(
      fc.property(noise, chunking, (bytes, sizes) => {
        const log = new WireLog();
        const decoder = new Decoder(log, lengths, allExtensions);
        decoder.push(start);
        let heardBefore = -1;
        let most = 0;
        for (const chunk of cut(Uint8Array.from(bytes), sizes)) {
          try {
            decoder.push(chunk);
          } catch (error) {
            expect(error).toBeInstanceOf(WireError);
            expect(heardBefore).toBe(-1);
            expect(decoder.bufferedBytes).toBe(0);
            heardBefore = log.lines.length;
          }
          most = Math.max(most, decoder.bufferedBytes);
        }
        expect(most).toBeLessThanOrEqual(decoder.maxBuffered);
        expect(decoder.isClosed).toBe(heardBefore >= 0);
        if (decoder.isClosed) expect(log.lines).toHaveLength(heardBefore);
      }),
      { numRuns: 1_000 },
    );
  });

  test("is heard alike however it is cut", () => {
    fc.assert(
      fc.property(noise, chunking, (bytes, sizes) => {
        const outcomes = [sizes, [100_000]].map((one) => {
          const log = new WireLog();
          const decoder = new Decoder(log, lengths, allExtensions);
          decoder.push(encoded((to) => to.handshake(handshakeOf())));
          let reason = "";
          for (const chunk of cut(Uint8Array.from(bytes), one)) {
            try {
              decoder.push(chunk);
            } catch (error) {
              reason = (error as WireError).reason;
            }
          }
          return [...log.lines, reason];
        });
        expect(outcomes[0]).toEqual(outcomes[1]);
      }),
      { numRuns: 500 },
    );
  });
});
