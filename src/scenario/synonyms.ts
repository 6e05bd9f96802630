/** Words that people use for a key: the key that is meant, and what to say of it beyond its name. */
const synonyms: Readonly<Record<string, { readonly key: string; readonly remark?: string }>> = {
  bandwidth: { key: "upload", remark: 'Write "upload" and "download"' },
  classes: { key: "peers" },
  client: { key: "profile" },
  clients: { key: "peers" },
  crash: { key: "leave", remark: 'Write "leave: { after: …, crash: true }"' },
  constant: { key: "uniform", remark: "Write the value alone, without a mapping" },
  departure: { key: "leave" },
  departs: { key: "leave" },
  down: { key: "download" },
  duration: { key: "atMost" },
  exponential: {
    key: "uniform",
    remark: "A capacity cannot be exponential, or some would be next to nothing",
  },
  fileSize: { key: "size" },
  freeRider: { key: "choker", remark: 'Write "choker: none"' },
  latency: { key: "delay", remark: 'Write "delay": one way, from a peer to the core' },
  length: { key: "size" },
  name: { key: "class" },
  nat: { key: "reachable", remark: 'Write "reachable: false" for peers behind NAT' },
  nodes: { key: "peers" },
  normal: { key: "table", remark: "Write its shape as a table of [share, value]" },
  number: { key: "count" },
  pieceSize: { key: "pieceLength" },
  pieces: { key: "pieceLength" },
  rtt: { key: "delay", remark: 'Write "delay": one way, from a peer to the core' },
  seedTime: { key: "leave", remark: 'Write "leave: { after: 10 min }"' },
  size: { key: "count" },
  strategy: { key: "choker", remark: 'Write "choker" or "picker"' },
  torrents: { key: "torrent" },
  until: { key: "atMost" },
  up: { key: "upload" },
};

/** What to write instead of `key`, if it is another word for one of the `known` keys. */
export function synonym(key: string, known: readonly string[]): string | undefined {
  const found = Object.hasOwn(synonyms, key) ? synonyms[key] : undefined;
  if (found === undefined || !known.includes(found.key)) return undefined;
  return found.remark ?? `Write "${found.key}"`;
}
