// A process that downloads a torrent out of a file of its bytes, until it is killed. Says on stdout, a line each, what it was told.
// node storage-child.js SPEC: see `SpecFile` in storage-child.ts.

import { readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

const spec = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { TorrentStorage } = await import(spec.module);
const bytes = readFileSync(spec.bytesFile);
const { metainfo, directory, blockMemory } = spec;
for (const key of ["infohash", "pieceHashes"]) metainfo[key] = Buffer.from(metainfo[key], "base64");
const { size, pieceLength, name } = metainfo;
const count = Math.ceil(size / pieceLength);
let state = spec.seed | 1;

do await downloadAll();
while (spec.isEndless);

async function downloadAll() {
  let wake = () => undefined;
  let verified = 0;
  let error;
  const storage = await open({
    onVerified: (piece, isRight) => {
      say(isRight ? `verified ${piece}` : `wrong ${piece}`);
      verified++;
      wake();
    },
    onDrained: () => wake(),
    onFailure: (failure) => {
      error = failure;
      wake();
    },
  });
  if (storage === undefined) return;
  const change = () =>
    new Promise((resolve) => {
      wake = resolve;
    });
  say(`opened ${storage.have.count}`);
  const missing = [];
  for (let piece = 0; piece < count; piece++) if (!storage.have.has(piece)) missing.push(piece);
  const total = missing.length;
  const underWay = [];
  while (error === undefined && (missing.length > 0 || underWay.length > 0)) {
    while (underWay.length < 6 && missing.length > 0) {
      const [piece] = missing.splice(below(missing.length), 1);
      underWay.push({ piece, begin: 0 });
    }
    const index = below(underWay.length);
    const one = underWay[index];
    const length = Math.min(pieceLength, size - one.piece * pieceLength);
    const end = Math.min(one.begin + 16_384, length);
    const at = one.piece * pieceLength;
    storage.write(one.piece, one.begin, bytes.subarray(at + one.begin, at + end));
    one.begin = end;
    if (end === length) {
      storage.verify(one.piece);
      underWay.splice(index, 1);
    }
    while (storage.isFull && error === undefined) await change();
    // Slow enough to be killed in the middle.
    const isLate = spec.pace !== undefined && below(spec.pace) === 0;
    await new Promise((resolve) => (isLate ? setTimeout(resolve, 1) : setImmediate(resolve)));
  }
  while (verified < total && error === undefined) await change();
  await storage.close();
  if (error !== undefined) return say(`failed ${error.name}: ${error.message}`);
  say("complete");
  if (!spec.isEndless) return;
  say("reset");
  rmSync(join(directory, name), { recursive: true });
}

async function open(events) {
  try {
    return await TorrentStorage.open(metainfo, { directory, blockMemory, ...events });
  } catch (error) {
    say(`refused ${error.name}: ${error.message}`);
    spec.isEndless = false;
    return undefined;
  }
}

function say(line) {
  writeSync(1, `${line}\n`);
}

function below(n) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  return Math.floor(((state >>> 0) / 2 ** 32) * n);
}
