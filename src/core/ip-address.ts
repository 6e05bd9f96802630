const V4_LENGTH = 4;
const V6_LENGTH = 16;

/** The 4 or 16 bytes of an IP address in its usual text form, without brackets or zone; undefined when it is none. */
export function ipToBytes(text: string): Uint8Array | undefined {
  return text.includes(":") ? v6ToBytes(text) : v4ToBytes(text);
}

/** The usual text form of 4 or 16 bytes; of IPv6 that of RFC 5952: lower case, without leading zeros, the longest zeros as `::`. */
export function bytesToIp(bytes: Uint8Array): string {
  if (bytes.length === V4_LENGTH) return bytes.join(".");
  const groups = groupsOf(bytes);
  const { begin, length } = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(":"); // RFC 5952, 4.2.2: a single group of zeros is no gap
  return `${hex.slice(0, begin).join(":")}::${hex.slice(begin + length).join(":")}`;
}

/**
 * The address as it is kept and compared: an IPv4 address that came through an IPv6 socket (`::ffff:192.0.2.1`) is one of
 * IPv4, and a zone (`%eth0`) is dropped. Undefined when it is no address.
 */
export function plainIpBytes(text: string): Uint8Array | undefined {
  const zone = text.indexOf("%");
  const bytes = ipToBytes(zone === -1 ? text : text.slice(0, zone));
  return bytes !== undefined && isMappedV4(bytes) ? bytes.subarray(V6_LENGTH - V4_LENGTH) : bytes;
}

/** 127.0.0.0/8 or ::1: this machine. */
export function isLoopback(bytes: Uint8Array): boolean {
  if (bytes.length === V4_LENGTH) return bytes[0] === 127;
  return bytes.every((byte, i) => byte === (i === V6_LENGTH - 1 ? 1 : 0));
}

/** 0.0.0.0 or ::, which is nobody. */
export function isUnspecified(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** 224.0.0.0/4, 255.255.255.255 or ff00::/8: nobody that a connection can be made to. */
export function isMulticast(bytes: Uint8Array): boolean {
  if (bytes.length === V6_LENGTH) return bytes[0] === 0xff;
  return ((bytes[0] as number) & 0xf0) === 0xe0 || bytes.every((byte) => byte === 255);
}

/** RFC 4291, 2.5.5.2: ::ffff:0:0/96. */
function isMappedV4(bytes: Uint8Array): boolean {
  if (bytes.length !== V6_LENGTH) return false;
  return bytes.subarray(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 0xff));
}

function v4ToBytes(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  // Neither 127.1 nor 010.0.0.1: what these mean depends on who reads them.
  if (parts.length !== V4_LENGTH || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) {
    return undefined;
  }
  const numbers = parts.map(Number);
  return numbers.every((number) => number < 256) ? Uint8Array.from(numbers) : undefined;
}

function v6ToBytes(text: string): Uint8Array | undefined {
  if (text.length > 45) return undefined; // RFC 4291: the longest has an IPv4 address in it
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = "", tail] = halves;
  const first = pairsOf(head, tail === undefined);
  const last = tail === undefined ? [] : pairsOf(tail, true);
  if (first === undefined || last === undefined) return undefined;
  const gap = V6_LENGTH - first.length - last.length;
  if (tail === undefined ? gap !== 0 : gap < 2) return undefined;
  return Uint8Array.from([...first, ...new Array<number>(gap).fill(0), ...last]);
}

/** The bytes of groups between colons; the last one may be an IPv4 address where the text ends with it. */
function pairsOf(text: string, isEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [i, group] of groups.entries()) {
    if (isEnd && i === groups.length - 1 && group.includes(".")) {
      const v4 = v4ToBytes(group);
      if (v4 === undefined) return undefined;
      bytes.push(...v4);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

function groupsOf(bytes: Uint8Array): number[] {
  const groups: number[] = [];
  for (let i = 0; i < V6_LENGTH; i += 2) {
    groups.push(((bytes[i] as number) << 8) | (bytes[i + 1] as number));
  }
  return groups;
}

/** The first of the longest runs of zeros. */
function longestZeros(groups: readonly number[]): {
  readonly begin: number;
  readonly length: number;
} {
  let best = { begin: 0, length: 0 };
  let run = 0;
  for (const [i, group] of groups.entries()) {
    run = group === 0 ? run + 1 : 0;
    if (run > best.length) best = { begin: i - run + 1, length: run };
  }
  return best;
}
