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
  visit,
} from "yaml";
import { excess } from "./bounds.ts";
import type { Path } from "./issues.ts";
import { type YamlProblem, yamlProblems } from "./yaml-problems.ts";

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Letters of a file; a million arrival times fit in. */
export const MAX_LENGTH = 32 * 2 ** 20;

/** A scenario's text as YAML, and where in it everything stands. */
export interface Source {
  readonly value: unknown;
  /** What is wrong with the YAML itself; then `value` is of no use. */
  readonly errors: readonly SourceError[];
  /** Where the value at `path` begins, or its key, or else the innermost mapping that the file has. */
  locate(path: Path, isKey: boolean): Place;
}

export interface SourceError {
  readonly message: string;
  readonly hint?: string;
  readonly place: Place;
}

/**
 * Reads YAML 1.2 with merge keys (`<<: *dsl`): plain mappings, lists, texts, numbers and booleans. Whatever the text is,
 * this throws nothing.
 */
export function readSource(text: string): Source {
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const failed = (problems: readonly YamlProblem[]): Source => ({
    value: undefined,
    errors: problems.map(({ offset, ...rest }) => ({ ...rest, place: placeOf(offset) })),
    locate: () => placeOf(0),
  });
  if (text.length > MAX_LENGTH) {
    return failed([{ message: `the file is larger than ${MAX_LENGTH / 2 ** 20} MiB`, offset: 0 }]);
  }
  if (text.includes("\0")) {
    return failed([{ message: "the file is no text", hint: "Save it as UTF-8", offset: 0 }]);
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    schema: "core", // whatever a %YAML line says: no dates, sets or binaries
    resolveKnownTags: false,
  });
  const problems = yamlProblems([...document.errors, ...document.warnings], text);
  if (problems.length > 0) return failed(problems);
  try {
    const strange = strangeNode(document);
    if (strange !== undefined) return failed([strange]);
    const value: unknown = document.toJS({ maxAliasCount: 1000 });
    const message = excess(value);
    if (message !== undefined) return failed([{ message, offset: 0 }]);
    return {
      value,
      errors: [],
      locate: (path, isKey) => placeOf(offsetAt(path, isKey, document) ?? 0),
    };
  } catch (error) {
    return failed([{ message: reason(error), offset: 0 }]);
  }
}

function reason(error: unknown): string {
  if (error instanceof RangeError) return "lists and mappings are nested too deeply";
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith("Excessive alias count")) return "there are too many aliases (*name)";
  return message.startsWith("Merge") ? "<<: must be a mapping, as in <<: *dsl" : message;
}

/** An alias to nowhere; a key that is a list, a mapping or an alias, or that JavaScript takes for something else. */
function strangeNode(document: Document): YamlProblem | undefined {
  const anchors = new Set<string>();
  let found: YamlProblem | undefined;
  const report = (message: string, node: unknown) => {
    found = { message, offset: offsetOf(node) ?? 0 };
    return visit.BREAK;
  };
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key)) return report("a key must be a word", key);
      return key.value === "__proto__" ? report("__proto__ cannot be a key", key) : undefined;
    },
    Value(_, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias(_, alias) {
      if (anchors.has(alias.source)) return undefined;
      return report(
        `nothing before is marked &${alias.source}, which *${alias.source} repeats`,
        alias,
      );
    },
  });
  return found;
}

function offsetAt(path: Path, isKey: boolean, document: Document): number | undefined {
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
      (isLast && isKey ? next.keyOffset : undefined) ?? offsetOf(node) ?? next.keyOffset ?? offset;
  });
  return offset;
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
  return isScalar(key) ? String(key.value ?? "") : String(key);
}

/** `<<`, which yaml gives as a symbol. */
function isMerge({ key }: Pair): boolean {
  return isScalar(key) && (key.value === "<<" || typeof key.value === "symbol");
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? (node.range?.[0] ?? undefined) : undefined;
}
