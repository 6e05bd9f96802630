import { describe, expect, test } from "@jest/globals";
import { markOf, peerIdOf } from "../../../src/engine/peer-id.ts";

function text(peerId: Uint8Array): string {
  return String.fromCharCode(...peerId);
}

describe("a peer id", () => {
  test("is 20 bytes: name and version as in BEP 20, the mark, and the peer's own digits", () => {
    expect(text(peerIdOf("417"))).toBe("-SW0100-000000000417");
    expect(text(peerIdOf("417", "TYRT"))).toBe("-SW0100-TYRT00000417");
    expect(peerIdOf("12345678")).toHaveLength(20);
  });

  test("is another one for every peer", () => {
    const ids = Array.from({ length: 2_000 }, (_, i) => text(peerIdOf(`${i}`, "TYRT")));
    expect(new Set(ids).size).toBe(2_000);
  });

  test("tells the mark, and none where there is none", () => {
    expect(markOf(peerIdOf("7", "TYRT"))).toBe("TYRT");
    expect(markOf(peerIdOf("7"))).toBe("");
  });

  test("tells none of other clients, whatever stands in its place", () => {
    const other = Uint8Array.from("-AZ2500-TYRT00000417", (letter) => letter.charCodeAt(0));
    expect(markOf(other)).toBe("");
    expect(markOf(new Uint8Array(20).fill(65))).toBe("");
  });
});
