import { describe, expect, test } from "@jest/globals";
import {
  asBytes,
  asDictionary,
  asInteger,
  asList,
  asText,
  type Bencodable,
  BencodeError,
  bencodedItems,
  decodeBencode,
  decodeBencodePrefix,
  encodeBencode,
} from "../../../src/core/bencode.ts";
import { asciiToBytes } from "../../../src/core/bytes.ts";

const decode = (text: string) => decodeBencode(asciiToBytes(text));
const encode = (value: Bencodable) => String.fromCharCode(...encodeBencode(value));

/** What is wrong with the text, and where. */
function problemOf(text: string, options = {}): string {
  try {
    decodeBencode(asciiToBytes(text), options);
  } catch (error) {
    expect(error).toBeInstanceOf(BencodeError);
    return (error as BencodeError).message;
  }
  return "none";
}

describe("bencode", () => {
  test("has BEP 3's examples", () => {
    expect(decode("4:spam")).toEqual(asciiToBytes("spam"));
    expect(decode("i3e")).toBe(3);
    expect(decode("i-3e")).toBe(-3);
    expect(decode("i0e")).toBe(0);
    expect(decode("l4:spam4:eggse")).toEqual([asciiToBytes("spam"), asciiToBytes("eggs")]);
    expect(decode("d3:cow3:moo4:spam4:eggse")).toEqual(
      new Map([
        ["cow", asciiToBytes("moo")],
        ["spam", asciiToBytes("eggs")],
      ]),
    );
    expect(decode("d4:spaml1:a1:bee")).toEqual(
      new Map([["spam", [asciiToBytes("a"), asciiToBytes("b")]]]),
    );
    expect(decode("0:")).toEqual(new Uint8Array());
  });

  test.each([
    ["i03e", "a leading zero at byte 0"],
    ["li-03ee", "a leading zero at byte 1"],
    ["i-0e", "negative zero at byte 0"],
    ["ie", "not a digit at byte 1"],
    ["i-e", "not a digit at byte 2"],
    ["i+1e", "not a digit at byte 1"],
    ["i1.5e", "not a digit at byte 2"],
    ["i 1e", "not a digit at byte 1"],
    ["i1", "the bytes end too early at byte 2"],
    ["i100000000000000000000e", "too many digits at byte 0"],
    ["04:spam", "a leading zero at byte 0"],
    ["5:spam", "a string that is longer than what is left at byte 0"],
    ["99999999999999999999:", "a string that is longer than what is left at byte 0"],
    ["-1:a", "a value does not begin so at byte 0"],
    ["1", "the bytes end too early at byte 1"],
    ["", "the bytes end too early at byte 0"],
    ["l1:a", "the bytes end too early at byte 4"],
    ["d1:a", "the bytes end too early at byte 4"],
    ["d1:ae", "a value does not begin so at byte 4"],
    ["di1ei2ee", "a value does not begin so at byte 1"],
    ["d1:ai1e1:ai2ee", "a key stands twice at byte 7"],
    ["d1:ai1e1:bi2e1:ai3ee", "a key stands twice at byte 13"],
    ["e", "a value does not begin so at byte 0"],
    ["i1ei2e", "something follows the value at byte 3"],
    ["4:spam\n", "something follows the value at byte 6"],
  ])("%j is refused: %s", (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  test("takes keys that are out of order, unless it is to be canonical", () => {
    const text = "d1:bi1e1:ai2ee";
    expect([...(decode(text) as Map<string, unknown>)]).toEqual([
      ["b", 1],
      ["a", 2],
    ]);
    expect(problemOf(text, { isCanonical: true })).toBe("keys out of order at byte 7");
    expect(problemOf("d1:ai1e1:bi2ee", { isCanonical: true })).toBe("none");
  });

  test("bounds what is within each other, and ten million levels are one error", () => {
    const nested = (levels: number) => "l".repeat(levels) + "e".repeat(levels);
    expect(problemOf(nested(100))).toBe("none");
    expect(problemOf(nested(101))).toBe("too many levels at byte 100");
    expect(problemOf(nested(3), { maxDepth: 2 })).toBe("too many levels at byte 2");
    const hostile = new Uint8Array(10_000_000);
    for (const opening of ["l", "d1:a"]) {
      hostile.forEach((_, at) => {
        hostile[at] = opening.charCodeAt(at % opening.length);
      });
      expect(() => decodeBencode(hostile)).toThrow("too many levels");
    }
  });

  test("bounds the number of values", () => {
    expect(problemOf("li1ei2ee", { maxValues: 3 })).toBe("none");
    expect(problemOf("li1ei2ee", { maxValues: 2 })).toBe("too many values at byte 4");
    expect(problemOf(`l${"0:".repeat(100_000)}e`)).toBe("too many values at byte 199999");
    expect(problemOf(`d1001:${"a".repeat(1001)}0:e`)).toBe("a key is too long at byte 1");
  });

  test("keeps integers exact, as bigints where numbers are not", () => {
    expect(decode("i9007199254740991e")).toBe(Number.MAX_SAFE_INTEGER);
    expect(decode("i9007199254740993e")).toBe(9007199254740993n);
    expect(decode("i-9223372036854775808e")).toBe(-(2n ** 63n));
    expect(encode(2n ** 64n - 1n)).toBe("i18446744073709551615e");
  });

  test("gives views of the bytes that it was handed, which are no Buffers even of a Buffer", () => {
    const buffer = Buffer.from("..d1:a3:xyze").subarray(2);
    const value = (decodeBencode(buffer) as Map<string, Uint8Array>).get("a") as Uint8Array;
    expect(Buffer.isBuffer(value)).toBe(false);
    buffer[6] = 0x21;
    expect(value).toEqual(asciiToBytes("!yz"));
  });

  test("says where a value ends that has data behind it", () => {
    expect(decodeBencodePrefix(asciiToBytes("i7exyz"))).toEqual({ value: 7, end: 3 });
  });
});

describe("values that are left raw", () => {
  const text = "d1:ali1ed1:x0:ee4:infod1:bi1e1:ai2ee1:z4:infoe";

  test("are bytes as they stand, of the outermost dictionary alone", () => {
    const rawKeys = ["a", "info", "x", "z"];
    const value = asDictionary(decodeBencode(asciiToBytes(text), { rawKeys }));
    expect([...(value ?? [])]).toEqual([
      ["a", asciiToBytes("li1ed1:x0:ee")],
      ["info", asciiToBytes("d1:bi1e1:ai2ee")],
      ["z", asciiToBytes("4:info")],
    ]);
    const nested = decodeBencode(asciiToBytes(`l${text}e`), { rawKeys });
    expect(asList(nested)?.[0]).toEqual(decode(text));
  });

  test.each([
    ["d1:ae", "a value does not begin so at byte 4"],
    ["d1:al", "the bytes end too early at byte 5"],
    ["d1:ai01ee", "a leading zero at byte 4"],
    ["d1:al9:xee", "a string that is longer than what is left at byte 5"],
  ])("have to end somewhere: %j", (bytes, problem) => {
    expect(problemOf(bytes, { rawKeys: ["a"] })).toBe(problem);
  });

  test("may be nested as deep as they like", () => {
    const deep = `${"l".repeat(10_000)}${"e".repeat(10_000)}`;
    const value = decodeBencode(asciiToBytes(`d1:a${deep}e`), { rawKeys: ["a"] });
    expect(asBytes(asDictionary(value)?.get("a"))).toHaveLength(20_000);
  });
});

describe("the items of a list", () => {
  const items = (text: string, options = {}) => [...bencodedItems(asciiToBytes(text), options)];

  test("come one by one, each with the bound for itself", () => {
    expect(items("li1el1:xed1:ai2eee", { maxValues: 2 })).toEqual([
      1,
      [asciiToBytes("x")],
      new Map([["a", 2]]),
    ]);
    expect(items("le")).toEqual([]);
    expect(() => items("lli1ei2eee", { maxValues: 2 })).toThrow("too many values at byte 5");
  });

  test.each([
    ["d1:ai1ee", "a list does not begin so at byte 0"],
    ["", "a list does not begin so at byte 0"],
    ["li1e", "the bytes end too early at byte 4"],
    ["lee", "something follows the value at byte 2"],
    ["li1eie", "not a digit at byte 5"],
  ])("of %j are refused: %s", (text, problem) => {
    expect(() => items(text)).toThrow(problem);
  });

  test("have errors that count bytes from where the whole begins", () => {
    const whole = asciiToBytes("d1:alxee");
    const origin = whole.byteOffset;
    expect(() => [...bencodedItems(whole.subarray(4), { origin })]).toThrow("at byte 5");
  });
});

describe("encoding", () => {
  test("puts keys in the order of their bytes", () => {
    expect(encode({ b: 1, a: 2, B: 3, aa: 4, "\u00ff": 5, " ": 6 })).toBe(
      "d1: i6e1:Bi3e1:ai2e2:aai4e1:bi1e1:\u00ffi5ee",
    );
    expect(encode(new Map([["b", "x"] as const, ["a", "y"] as const]))).toBe("d1:a1:y1:b1:xe");
  });

  test("writes text as UTF-8, and leaves out what is undefined", () => {
    expect(encodeBencode({ a: "é", b: undefined })).toEqual(
      Uint8Array.from([0x64, 0x31, 0x3a, 0x61, 0x32, 0x3a, 0xc3, 0xa9, 0x65]),
    );
    expect(encode([-0, ["x"], {}, new Uint8Array([65])])).toBe("li0el1:xede1:Ae");
  });

  test("asserts that numbers are integers, and keys bytes", () => {
    expect(() => encodeBencode(1.5)).toThrow("1.5 is no integer");
    expect(() => encodeBencode(2 ** 53)).toThrow("is no integer");
    expect(() => encodeBencode({ ж: 1 })).toThrow("not one byte");
  });
});

describe("typed access", () => {
  const value = asDictionary(decode("d1:bi9007199254740993e1:ii5e1:llee")) ?? new Map();

  test("gives what is of the type, and undefined for anything else", () => {
    expect(asInteger(value.get("i"))).toBe(5);
    expect(asInteger(value.get("b"))).toBeUndefined();
    expect(asInteger(value.get("none"))).toBeUndefined();
    expect(asList(value.get("l"))).toEqual([]);
    expect(asList(value.get("i"))).toBeUndefined();
    expect(asDictionary(value.get("l"))).toBeUndefined();
    expect(asBytes(decode("2:\u00c3\u00a9"))).toEqual(Uint8Array.of(0xc3, 0xa9));
    expect(asText(decode("2:\u00c3\u00a9"))).toBe("é");
    expect(asText(decode("1:\u00e9"))).toBeUndefined();
    expect(asText(5)).toBeUndefined();
  });
});
