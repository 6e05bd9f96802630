import type { ChokerDefinition, Neighbour } from "swarmlab";

/** Generous tit-for-tat (Nowak and Sigmund 1992): return what was given, and forgive now and then who gave nothing. */
export const choker: ChokerDefinition<{ generosity: number }> = {
  name: "generous-tit-for-tat",
  summary: "Serves who gave in the last round, and forgives others by chance.",
  leecherOnly: true,
  options: {
    generosity: { default: 0.1, minimum: 0, maximum: 1, summary: "Chance to be forgiven." },
  },
  create({ generosity }) {
    const before = new Map<Neighbour, number>();
    let ranking: Neighbour[] = [];
    return {
      left: (peer) => before.delete(peer),
      choose({ trigger, slots, neighbours, random }) {
        if (trigger === "timer") {
          const gave = new Map<Neighbour, number>();
          for (const peer of neighbours) {
            const bytes = peer.downloaded - (before.get(peer) ?? 0);
            before.set(peer, peer.downloaded);
            if (bytes > 0 || random.next() < generosity) gave.set(peer, bytes);
          }
          ranking = [...gave.keys()].sort((a, b) => (gave.get(b) ?? 0) - (gave.get(a) ?? 0));
        }
        const served = ranking.filter((peer) => peer.peerInterested && neighbours.includes(peer));
        return served.slice(0, slots).map((peer) => ({ peer }));
      },
    };
  },
};
