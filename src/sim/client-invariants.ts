import { assert } from "../core/assert.ts";
import type { Client } from "../engine/client.ts";
import type { Connection } from "../engine/connection.ts";

/** Recounts a client's books from scratch and compares. Throws when they differ. */
export function checkClient(client: Client): void {
  const fail = (what: string) =>
    `invariant broken at ${client.clock.now} ms: peer ${client.number}: ${what}`;
  const { geometry, pieces, open, connections, settings } = client;
  assert(connections.length <= settings.maxConnections, fail(`${connections.length} connections`));
  checkPieceStates(client, fail);
  for (const connection of open) checkConnection(client, connection, fail);
  for (let piece = 0; piece < geometry.pieceCount; piece++) {
    let copies = 0;
    for (const { handle } of open) if (client.remotePieces.has(handle, piece)) copies++;
    const counted = pieces.availability(piece);
    assert(copies === counted, fail(`piece ${piece} has ${copies} copies, not ${counted}`));
  }
}

/** Each piece is exactly one of: ours, under way, not started. */
function checkPieceStates(client: Client, fail: (what: string) => string): void {
  const { pieces, geometry, arenas } = client;
  const { choice } = client.downloads;
  const underWay = new Set(choice.rows.map((row) => arenas.partials.piece(row)));
  assert(underWay.size === choice.rows.length, fail("a piece is under way twice"));
  for (let piece = 0; piece < geometry.pieceCount; piece++) {
    const states =
      Number(pieces.have.has(piece)) +
      Number(underWay.has(piece)) +
      Number(choice.unstarted.has(piece));
    assert(states === 1, fail(`piece ${piece} is in ${states} states`));
  }
  const openRows = choice.rows.filter((row) => arenas.partials.unrequested(row) > 0).length;
  assert(openRows === choice.openRows, fail(`${openRows} open rows, not ${choice.openRows}`));
  checkRequests(client, fail);
}

/** A block is in flight as often as connections wait for it. */
function checkRequests(client: Client, fail: (what: string) => string): void {
  const { arenas, geometry, open, requests } = client;
  const waiting = new Map<string, number>();
  for (const { handle } of open) {
    requests.forEach(2 * handle, (row, block) => {
      const name = `${row}/${block}`;
      waiting.set(name, (waiting.get(name) ?? 0) + 1);
    });
  }
  for (const row of client.downloads.choice.rows) {
    const blocks = geometry.blocksOfPiece(arenas.partials.piece(row));
    for (let block = 0; block < blocks; block++) {
      const expected = waiting.get(`${row}/${block}`) ?? 0;
      const counted = arenas.partials.requests(row, block);
      assert(
        expected === counted,
        fail(`block ${block} in flight ${expected} times, not ${counted}`),
      );
    }
  }
}

function checkConnection(
  client: Client,
  connection: Connection,
  fail: (what: string) => string,
): void {
  const { remotePieces, cells, pieces, geometry } = client;
  const { handle, remote } = connection;
  let held = 0;
  let wanted = 0;
  for (let piece = 0; piece < geometry.pieceCount; piece++) {
    if (!remotePieces.has(handle, piece)) continue;
    held++;
    if (!pieces.have.has(piece)) wanted++;
  }
  assert(cells.pieces(handle) === held, fail(`peer ${remote} has ${held} pieces`));
  assert(cells.wanted(handle) === wanted, fail(`${wanted} pieces of peer ${remote} are wanted`));
  assert(connection.amInterested === wanted > 0, fail(`interest in peer ${remote} is wrong`));
  const isIdle = connection.peerChoking && connection.inFlight > 0;
  assert(!isIdle, fail(`requests are in flight at peer ${remote}, which chokes us`));
  const isServed = connection.amChoking && connection.queuedRequests > 0;
  assert(!isServed, fail(`requests of peer ${remote}, which we choke, are queued`));
  const served = client.open.filter((one) => !one.amChoking && one.peerInterested).length;
  const { slots, isUnlimited } = client.rechoke;
  assert(isUnlimited || served <= slots, fail(`${served} peers served with ${slots} slots`));
}
