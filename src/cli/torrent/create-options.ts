import { readWithin } from "../../scenario/quantities.ts";
import { InputError } from "../exit-codes.ts";

/** BEP 52 allows no shorter pieces, and mktorrent makes no longer ones. */
const limits = { atLeast: "16 KiB", atMost: "256 MiB" };

const example = "Write it as in 256 KiB or 1 MiB.";

/** The bytes of `--piece-length`, or an InputError. */
export function readPieceLength(text: string): number {
  const reading = readWithin({ dimension: "size", limits }, text);
  if (reading.problem !== undefined) {
    throw new InputError(`--piece-length: ${reading.problem}. ${example}`);
  }
  const { value } = reading;
  const isPowerOfTwo = Number.isInteger(value) && (value & (value - 1)) === 0;
  if (isPowerOfTwo) return value;
  throw new InputError(`--piece-length: ${JSON.stringify(text)} is not a power of two. ${example}`);
}

/** Tiers of trackers (BEP 12): each text is one, with commas between its trackers. Anything but their URLs is an InputError. */
export function readTrackers(texts: readonly string[]): readonly (readonly string[])[] {
  return texts.map((text) => {
    const urls = text.split(",").map((url) => url.trim());
    for (const url of urls) expectTracker(url);
    return urls;
  });
}

function expectTracker(text: string): void {
  const example = "Write it as in http://192.0.2.1:6969/announce or udp://192.0.2.1:6969";
  const url = URL.canParse(text) && /^[!-~]+$/.test(text) ? new URL(text) : undefined;
  const isKnown = url !== undefined && ["http:", "https:", "udp:"].includes(url.protocol);
  if (!isKnown || url.hostname === "") {
    throw new InputError(`--announce: ${JSON.stringify(text)} is not a tracker's URL. ${example}.`);
  }
  if (url.protocol === "udp:" && url.port === "") {
    throw new InputError(`--announce: ${JSON.stringify(text)} lacks its port. ${example}.`);
  }
}
