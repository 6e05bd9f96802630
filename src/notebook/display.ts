/** What is shown below a cell, by its media type: a text, or a PNG in base64. */
export type Shown = { readonly "text/plain": string } | { readonly "image/png": string };

/** Gets what cells show that are run without Jupyter (`cell-host.ts`). */
export type ShownListener = (shown: Shown) => void;

/** What Deno offers to the cells of a notebook, and to nobody else. */
interface Jupyter {
  display(value: Readonly<Record<symbol, () => Shown>>): Promise<void>;
}

interface Surroundings {
  readonly Deno?: { readonly jupyter?: Jupyter };
  [listenerKey]?: ShownListener;
}

const listenerKey = Symbol.for("swarmlab.notebook.shown");

/** Long enough for the kernel to hand on what is shown before the cell ends: else some of it is lost, and no error says so. */
const pause = 50;

/** Shows something below the cell that runs: in Jupyter by Deno's kernel, elsewhere to whoever listens, or else not at all. */
export async function display(shown: Shown): Promise<void> {
  const { Deno, [listenerKey]: listener } = globalThis as Surroundings;
  listener?.(shown);
  if (Deno?.jupyter === undefined) return;
  await Deno.jupyter.display({ [Symbol.for("Jupyter.display")]: () => shown });
  await new Promise((resolve) => setTimeout(resolve, pause));
}

/** Sends to `listener` what is shown in this process. */
export function listenToShown(listener: ShownListener): void {
  (globalThis as Surroundings)[listenerKey] = listener;
}
