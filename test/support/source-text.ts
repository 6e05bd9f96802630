import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "@swc/core";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The text of a file of the project; `path` from its root. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Paths from the root of all files below `folder` whose names end so, sorted. */
export function filesIn(folder: string, ending: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === "." ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...filesIn(path, ending));
    else if (entry.name.endsWith(ending)) found.push(path);
  }
  return found.sort();
}

/** What a test of the source text wants to know of a file. */
export interface SourceFacts {
  /** Every module that it imports, of types too; "import()" for one whose name is computed. */
  readonly imports: readonly string[];
  /** Every number written in it, as written. */
  readonly numbers: readonly { readonly value: number; readonly raw: string }[];
  /** `Math.log` and the like. */
  readonly members: readonly string[];
  /** Async functions and awaits. */
  readonly asyncs: number;
  /** Uses of `**`, but for numbers that are written out: 2 ** 20. */
  readonly powers: number;
}

type SyntaxNode = Readonly<Record<string, unknown>> & { readonly type?: string };

/** Reads the syntax tree of a TypeScript file, so that words in comments and texts raise no alarm. */
export function factsOf(path: string): SourceFacts {
  const imports: string[] = [];
  const numbers: { value: number; raw: string }[] = [];
  const members: string[] = [];
  let asyncs = 0;
  let powers = 0;
  visit(parseSync(textOf(path), { syntax: "typescript", target: "es2022" }), (node) => {
    const { type } = node;
    if (type?.endsWith("Declaration") && isText(node.source)) imports.push(node.source.value);
    if (type === "TsImportType" && isText(node.argument)) imports.push(node.argument.value);
    if (type === "CallExpression" && typeOf(node.callee) === "Import") {
      const [first] = node.arguments as { expression: unknown }[];
      imports.push(isText(first?.expression) ? first.expression.value : "import()");
    }
    if (type === "NumericLiteral") {
      numbers.push({ value: node.value as number, raw: String(node.raw) });
    }
    if (type === "MemberExpression") {
      const { object, property } = node as { object: { value?: unknown }; property: SyntaxNode };
      if (property.type === "Identifier") members.push(`${object.value}.${property.value}`);
    }
    if (node.async === true || type === "AwaitExpression") asyncs++;
    if (type === "BinaryExpression" && node.operator === "**") {
      const isWritten = [node.left, node.right].every((one) => typeOf(one) === "NumericLiteral");
      if (!isWritten) powers++;
    }
  });
  return { imports, numbers, members, asyncs, powers };
}

function visit(value: unknown, see: (node: SyntaxNode) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) see(value as SyntaxNode);
  for (const part of Object.values(value)) visit(part, see);
}

function typeOf(value: unknown): unknown {
  return (value as SyntaxNode | undefined)?.type;
}

function isText(value: unknown): value is { readonly value: string } {
  return typeOf(value) === "StringLiteral";
}
