import { describe, expect, test } from "@jest/globals";
import { textToUtf8, utf8ToText } from "../../../src/core/utf8.ts";

describe("UTF-8", () => {
  test("turns text into bytes and back, as the platform does", () => {
    for (const text of [
      "",
      "abc",
      "é\u07ff",
      "\u0800€\uffff",
      "😀\u{10ffff}",
      "x".repeat(10_000),
    ]) {
      expect(textToUtf8(text)).toEqual(new TextEncoder().encode(text));
      expect(utf8ToText(textToUtf8(text))).toBe(text);
    }
    expect(textToUtf8("a\ud800b")).toEqual(new TextEncoder().encode("a\ufffdb"));
  });

  test.each([
    ["the rest of a character", [0x80]],
    ["a character cut off", [0xe2, 0x82]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["an overlong slash of three bytes", [0xe0, 0x80, 0xaf]],
    ["an overlong character of four bytes", [0xf0, 0x82, 0x82, 0xac]],
    ["half a surrogate pair", [0xed, 0xa0, 0x80]],
    ["what is beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
    ["a byte that begins nothing", [0xff]],
    ["a beginning after a beginning", [0xc3, 0xc3, 0xa9]],
  ])("is not %s", (_, bytes) => {
    expect(utf8ToText(Uint8Array.from(bytes))).toBeUndefined();
  });
});
