import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from "yaml";
import type { Path } from "./issues.ts";

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A scenario's text as YAML, and where in it everything stands. */
export interface Source {
  readonly value: unknown;
  /** What is wrong with the YAML itself; then `value` is of no use. */
  readonly errors: readonly { readonly message: string; readonly place: Place }[];
  /** Where the value at `path` begins, or its key, or else the innermost mapping that the file has. */
  locate(path: Path, isKey: boolean): Place;
}

/** Reads YAML 1.2, with merge keys (`<<: *dsl`). */
export function readSource(text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const errors = document.errors.map(({ message, pos }) => ({
    message: message.replace(/\s+at line \d+, column \d+:[\s\S]*$/, ""),
    place: placeOf(pos[0]),
  }));
  const locate = (path: Path, isKey: boolean): Place => {
    let node = document.contents as Node | null;
    let offset = offsetOf(node);
    path.forEach((key, depth) => {
      const next = child(node, key, document);
      if (next === undefined) {
        node = null;
        return;
      }
      node = next.value;
      const isLast = depth === path.length - 1;
      offset =
        (isLast && isKey ? next.keyOffset : undefined) ??
        offsetOf(node) ??
        next.keyOffset ??
        offset;
    });
    return placeOf(offset ?? 0);
  };
  if (errors.length > 0) return { value: undefined, errors, locate };
  try {
    return { value: document.toJS({ maxAliasCount: 1000 }), errors, locate };
  } catch (error) {
    // Aliases to nowhere, or so many of them that they would fill memory.
    const message = error instanceof Error ? error.message : String(error);
    return { value: undefined, errors: [{ message, place: placeOf(0) }], locate };
  }
}

interface Child {
  readonly value: Node | null;
  readonly keyOffset: number | undefined;
}

type Document = ReturnType<typeof parseDocument>;

function child(parent: Node | null, key: string | number, document: Document): Child | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return isNode(item) ? { value: item, keyOffset: undefined } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pairs = node.items.filter(isPair);
  const own = pairs.find((pair) => keyOf(pair) === String(key));
  if (own !== undefined) {
    return { value: isNode(own.value) ? own.value : null, keyOffset: offsetOf(own.key) };
  }
  for (const pair of pairs) {
    if (!isMerge(pair) || !isNode(pair.value)) continue;
    const merged = isSeq(pair.value) ? pair.value.items.filter(isNode) : [pair.value];
    for (const one of merged) {
      const found = child(one, key, document);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}

/** `<<`, which yaml gives as a symbol. */
function isMerge({ key }: Pair): boolean {
  return isScalar(key) && (key.value === "<<" || typeof key.value === "symbol");
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? (node.range?.[0] ?? undefined) : undefined;
}
