import { describe, expect, test } from "@jest/globals";
import { Geometry } from "../../../src/core/geometry.ts";
import type { Connection } from "../../../src/engine/connection.ts";
import { ByteWire } from "../../../src/sim/byte-wire.ts";
import type { Block, Handshake } from "../../../src/wire/messages.ts";
import { handshakeOf, WireLog, wireErrorOf } from "../../support/wire.ts";

const plain = handshakeOf(new Uint8Array(8));

/** A connection that writes down what it hears. */
class FakeConnection extends WireLog {
  readonly handle = 3;
  readonly client = { handshake: plain };

  get asConnection(): Connection {
    return this as unknown as Connection;
  }
}

function wire(): ByteWire {
  return new ByteWire(new Geometry(10 * 16_384, 16_384));
}

describe("the byte wire", () => {
  test("hands over what went through bytes, and not what was said", () => {
    const connection = new FakeConnection();
    let heard: Handshake | undefined;
    connection.handshake = (handshake) => {
      heard = handshake;
    };
    wire().into(connection.asConnection).handshake(plain);
    expect(heard).toEqual(plain);
    expect(heard).not.toBe(plain);
    expect(heard?.infohash.buffer).not.toBe(plain.infohash.buffer);
  });

  test("does not copy a block", () => {
    const connection = new FakeConnection();
    let heard: Block | undefined;
    connection.piece = (_piece, _begin, block) => {
      heard = block;
    };
    const bytes = new Uint8Array(16_384);
    const into = wire().into(connection.asConnection);
    into.handshake(plain);
    into.piece(1, 0, { length: bytes.length, bytes });
    expect(heard?.length).toBe(16_384);
    expect(heard?.bytes?.buffer).toBe(bytes.buffer);
  });

  test("keeps the connections apart, also two that had the same handle one after the other", () => {
    const one = wire();
    const old = new FakeConnection();
    const young = new FakeConnection();
    one.into(old.asConnection).handshake(plain);
    one.into(old.asConnection).choke();
    one.into(young.asConnection).handshake(plain); // a handshake is only ever the first message
    one.into(young.asConnection).have(2);
    one.into(old.asConnection).unchoke();
    expect(old.lines.slice(1)).toEqual(["choke", "unchoke"]);
    expect(young.lines.slice(1)).toEqual(["have 2"]);
  });

  test("remembers a connection until it is closed", () => {
    const one = wire();
    const connection = new FakeConnection();
    one.into(connection.asConnection).handshake(plain);
    const error = wireErrorOf(() => one.into(connection.asConnection).handshake(plain));
    expect(error.reason).toBe("too-long"); // the protocol's name, read as a length prefix
    one.closed(connection.asConnection);
    one.into(connection.asConnection).handshake(plain);
    expect(connection.lines).toHaveLength(2);
  });
});
