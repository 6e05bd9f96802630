import { expect, test } from "@jest/globals";
import { asciiToBytes } from "../../../src/core/bytes.ts";
import { clientName } from "../../../src/live/client-name.ts";

test.each([
  ["-TR3000-abcdefghijkl", "Transmission 3.0"],
  ["-LT20D0-abcdefghijkl", "libtorrent (Rasterbar) 2.0.13"],
  ["-lt0D80-abcdefghijkl", "libTorrent (Rakshasa) 0.13.8"],
  ["-qB4520-abcdefghijkl", "qBittorrent 4.5.2"],
  ["-SW0100-000012345678", "Swarmlab 0.1"],
  ["-ZZ1234-abcdefghijkl", "ZZ 1.2.3.4"],
  ["A2-1-36-0-abcdefghij", "aria2 1.36.0"],
  ["M4-3-6--abcdefghijkl", "BitTorrent 4.3.6"],
  ["\u0000\u0001\u0002ab-defghijklmnopq", "unknown client"],
])("the peer id %j is of %s", (peerId, name) => {
  expect(clientName(asciiToBytes(peerId))).toBe(name);
});
