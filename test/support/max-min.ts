/** A transfer from one peer to another. */
export interface Flow {
  readonly from: string;
  readonly to: string;
}

/** What the links of a peer carry, in any unit; a side that is not named carries everything. */
export interface Access {
  readonly up?: number;
  readonly down?: number;
}

/**
 * The max-min fair rates of `flows`, by filling up: all rates rise alike until a link is full, which settles the flows
 * through it; then the others go on (Bertsekas and Gallager, Data Networks, 6.5.2).
 */
export function maxMinRates(
  flows: readonly Flow[],
  peers: Readonly<Record<string, Access>>,
): number[] {
  const links = Object.entries(peers).flatMap(([name, { up, down }]) => [
    { room: up ?? Number.POSITIVE_INFINITY, carries: (flow: Flow) => flow.from === name },
    { room: down ?? Number.POSITIVE_INFINITY, carries: (flow: Flow) => flow.to === name },
  ]);
  const rates = flows.map(() => 0);
  const open = new Set(flows.keys());
  while (open.size > 0) {
    const loads = links.map(({ carries }) => [...open].filter((i) => carries(flows[i]!)).length);
    const step = Math.min(
      ...links.map(({ room }, i) => (loads[i]! > 0 ? room / loads[i]! : Infinity)),
    );
    if (step === Number.POSITIVE_INFINITY) throw new Error("nothing bounds a flow");
    for (const i of open) rates[i]! += step;
    links.forEach((link, i) => {
      link.room -= step * loads[i]!;
      if (loads[i] === 0 || link.room > 1e-9 * step) return;
      for (const flow of open) if (link.carries(flows[flow]!)) open.delete(flow);
    });
  }
  return rates;
}
