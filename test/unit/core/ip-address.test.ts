import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  bytesToIp,
  ipToBytes,
  isLoopback,
  isMulticast,
  isUnspecified,
  plainIpBytes,
} from "../../../src/core/ip-address.ts";

const bytesOf = (text: string) => ipToBytes(text) as Uint8Array;

describe("an IP address", () => {
  test.each([
    ["192.0.2.1", "192.0.2.1"],
    ["0.0.0.0", "0.0.0.0"],
    ["2001:DB8::1", "2001:db8::1"],
    ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
    ["::", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"], // RFC 5952, 4.2.2
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"], // RFC 5952, 4.2.3: the longest
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"], // and the first of two
    ["::ffff:192.0.2.1", "::ffff:c000:201"],
    ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
  ])("%s is written %s", (text, written) => {
    expect(bytesToIp(bytesOf(text))).toBe(written);
  });

  test.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "01.2.3.4",
    "1.2.3.4 ",
    "1.2.3.-4",
    "localhost",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "1:2:3:4::5:6:7:8",
    ":1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:",
    "12345::",
    "g::",
    "1.2.3.4::",
    "::1.2.3.4:5",
    "fe80::1%eth0",
    "[::1]",
    "1:".repeat(1000),
  ])("is not %j", (text) => {
    expect(ipToBytes(text)).toBeUndefined();
  });

  test("of IPv4 is one, though it came through an IPv6 socket", () => {
    expect(plainIpBytes("::ffff:192.0.2.1")).toEqual(Uint8Array.of(192, 0, 2, 1));
    expect(plainIpBytes("192.0.2.1")).toEqual(Uint8Array.of(192, 0, 2, 1));
    expect(plainIpBytes("::1:192.0.2.1")).toHaveLength(16);
    expect(plainIpBytes("::fffe:192.0.2.1")).toHaveLength(16);
    expect(plainIpBytes("fe80::1%eth0")).toEqual(ipToBytes("fe80::1"));
    expect(plainIpBytes("eth0")).toBeUndefined();
  });

  test("says whether it is this machine, nobody or many", () => {
    const loopback = ["127.0.0.1", "127.9.9.9", "::1"];
    const unspecified = ["0.0.0.0", "::"];
    const many = ["224.0.0.1", "239.255.255.255", "255.255.255.255", "ff15::efc0:988f"];
    const others = ["128.0.0.1", "10.0.0.1", "223.0.0.1", "240.0.0.1", "::2", "1::1", "fe80::1"];
    const all = [...loopback, ...unspecified, ...many, ...others];
    const those = (is: (bytes: Uint8Array) => boolean) => all.filter((text) => is(bytesOf(text)));
    expect(those(isLoopback)).toEqual(loopback);
    expect(those(isUnspecified)).toEqual(unspecified);
    expect(those(isMulticast)).toEqual(many);
  });

  test("comes back from its text", () => {
    const byte = fc.oneof(fc.constant(0), fc.nat(255));
    const address = fc.oneof(
      fc.array(byte, { minLength: 4, maxLength: 4 }),
      fc.array(byte, { minLength: 16, maxLength: 16 }),
    );
    fc.assert(
      fc.property(address, (bytes) => {
        expect([...bytesOf(bytesToIp(Uint8Array.from(bytes)))]).toEqual(bytes);
      }),
    );
  });

  test("is none or 4 or 16 bytes, whatever the text", () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123:.af") }));
    fc.assert(
      fc.property(text, (one) => {
        expect([undefined, 4, 16]).toContain(ipToBytes(one)?.length);
      }),
    );
  });
});
