import type { ChokeRound, Choker, Unchoke } from "./choker.ts";
import type { Client } from "./client.ts";
import type { Connection } from "./connection.ts";
import type { RechokeDecision, RechokeReport } from "./observer.ts";

/**
 * What `choker` decided in `round`, for who listens. Made before the chokes and unchokes go out, when each connection knows
 * what it was chosen as. It changes nothing: rates are read without decaying their meters.
 */
export function rechokeReport(
  client: Client,
  choker: Choker,
  round: ChokeRound,
  chosen: readonly Unchoke[],
): RechokeReport {
  const places = new Map(chosen.map(({ peer }, place) => [peer as Connection, place]));
  const whyChoked = choked(choker, round, chosen);
  const decide = (connection: Connection): RechokeDecision => {
    const place = places.get(connection);
    const entry = place === undefined ? undefined : (chosen[place] as Unchoke);
    const isChosen = entry !== undefined;
    return {
      remote: connection.remote,
      isInterested: connection.peerInterested,
      downloadRate: connection.downloadRate,
      uploadRate: connection.uploadRate,
      rank: place === undefined ? null : place + 1,
      decision: decisionOf(connection.amChoking, isChosen),
      slot: isChosen ? connection.slotKind : null,
      allotment: entry?.rate ?? null,
      reason: isChosen ? (entry.reason ?? whyUnchoked(connection)) : whyChoked(connection),
    };
  };
  return {
    round: round.round,
    trigger: round.trigger,
    slots: round.slots,
    isSeeding: round.isSeeding,
    decisions: client.meters.untouched(() => client.open.map(decide)),
  };
}

function decisionOf(isChoked: boolean, isChosen: boolean): RechokeDecision["decision"] {
  if (isChosen) return isChoked ? "unchoke" : "keep";
  return isChoked ? "stay-choked" : "choke";
}

/** What can be said of who was chosen when the choker says nothing. */
function whyUnchoked({ peerInterested, slotKind }: Connection): string {
  if (!peerInterested) return "not interested, so it takes no slot";
  if (slotKind === "optimistic") return "on trial";
  return slotKind === "seed" ? "served by a seeder" : "chosen";
}

/** Why somebody was not chosen: the choker's words, or else what can be seen from here. */
function choked(
  choker: Choker,
  round: ChokeRound,
  chosen: readonly Unchoke[],
): (connection: Connection) => string {
  const { slots, isSeeding } = round;
  const taken = chosen.filter(({ peer }) => peer.peerInterested).length;
  const isFull = choker.unlimited !== true && taken >= slots;
  const ground = isFull ? "no slot left" : chosen.length === 0 ? "serves nobody" : "not chosen";
  return (connection) => {
    if (!connection.peerInterested) return "not interested";
    const own = choker.whyChoked?.(connection, round);
    if (own !== undefined || isSeeding || !connection.isSnubbed) return own ?? ground;
    return connection.downloaded === 0
      ? `${ground}, and it sent nothing yet`
      : `${ground}, and snubbed`;
  };
}
