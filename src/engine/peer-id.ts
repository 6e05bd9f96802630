/** Our name and version, as BEP 20 has them at the start of a peer id. */
const CLIENT = "-SW0100-";
const MARK_LENGTH = 4;
/** What stands there in the peer id of a client whose strategy has no mark. */
const NO_MARK = "0000";

/** BEP 20: `-SW0100-`, the four letters of the strategy's mark, and `digits` at the end (20 bytes in all, padded with 0). */
export function peerIdOf(digits: string, mark = NO_MARK): Uint8Array {
  const peerId = new Uint8Array(20).fill("0".charCodeAt(0));
  const head = CLIENT + mark;
  for (let i = 0; i < head.length; i++) peerId[i] = head.charCodeAt(i);
  for (let i = 1; i <= digits.length; i++) {
    peerId[peerId.length - i] = digits.charCodeAt(digits.length - i);
  }
  return peerId;
}

/** The mark in a peer id of ours; "" where it has none, or is another client's. */
export function markOf(peerId: Uint8Array): string {
  let text = "";
  for (let i = 0; i < CLIENT.length + MARK_LENGTH; i++) {
    text += String.fromCharCode(peerId[i] as number);
  }
  if (!text.startsWith(CLIENT) || text.endsWith(NO_MARK)) return "";
  return text.slice(CLIENT.length);
}
