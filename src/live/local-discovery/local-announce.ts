import { bytesToHex, hexToBytes } from "../../core/bytes.ts";
import { ID_LENGTH } from "../../tracker/announce-parameters.ts";

/** What a client tells its neighbours (BEP 14). */
export interface LocalAnnounce {
  /** Where it listens; its address is that of the packet. */
  readonly port: number;
  /** 20 bytes each, at least one. */
  readonly infohashes: readonly Uint8Array[];
  /** By which the client knows its own packets; undefined when it sends none. */
  readonly cookie: string | undefined;
}

/** Bytes of a packet (BEP 14). */
const MAX_LENGTH = 1400;

const REQUEST = "BT-SEARCH * HTTP/1.1";

/** The packet for a group, as in `239.192.152.143:6771`. */
export function formatLocalAnnounce(group: string, announce: LocalAnnounce): string {
  const { port, infohashes, cookie } = announce;
  const lines = [
    REQUEST,
    `Host: ${group}`,
    `Port: ${port}`,
    ...infohashes.map((infohash) => `Infohash: ${bytesToHex(infohash)}`),
    ...(cookie === undefined ? [] : [`cookie: ${cookie}`]),
  ];
  return `${lines.join("\r\n")}\r\n\r\n\r\n`;
}

/** What a packet says; undefined when it is no announce. Headers that we do not know are passed over, as BEP 14 says. */
export function parseLocalAnnounce(text: string): LocalAnnounce | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [request, ...headers] = text.split("\r\n");
  if (request !== REQUEST) return undefined;
  let port: number | undefined;
  let cookie: string | undefined;
  const infohashes: Uint8Array[] = [];
  for (const header of headers) {
    const colon = header.indexOf(":");
    const value = header.slice(colon + 1).trim();
    switch (header.slice(0, Math.max(0, colon)).toLowerCase()) {
      case "port":
        port = /^\d{1,5}$/.test(value) ? Number(value) : undefined;
        break;
      case "cookie":
        cookie = value;
        break;
      case "infohash": {
        const infohash = hexToBytes(value);
        if (infohash?.length === ID_LENGTH) infohashes.push(infohash);
        break;
      }
    }
  }
  if (port === undefined || port === 0 || port > 65_535 || infohashes.length === 0)
    return undefined;
  return { port, infohashes, cookie };
}
