import type { YAMLError } from "yaml";

/** A mistake in the YAML itself, in people's words. */
export interface YamlProblem {
  readonly message: string;
  readonly hint?: string;
  readonly offset: number;
}

/**
 * What is wrong with the YAML. Keys that are written twice are all named; of other mistakes only the first, for those after
 * it mostly come of it.
 */
export function yamlProblems(errors: readonly YAMLError[], text: string): YamlProblem[] {
  const first = errors.findIndex(({ code }) => code !== "DUPLICATE_KEY");
  const told = first < 0 ? errors : errors.slice(0, first + 1);
  return told.map((error) => ({ ...inWords(error, text), offset: error.pos[0] }));
}

function inWords(error: YAMLError, text: string): { message: string; hint?: string } {
  switch (error.code) {
    case "DUPLICATE_KEY":
      return {
        message: `the key ${wordAt(text, error.pos[0])} is written twice`,
        hint: 'Take one out; a new class of peers begins with "- "',
      };
    case "TAB_AS_INDENT":
      return { message: "the line is indented with a tab", hint: "Indent with spaces" };
    case "MULTIPLE_DOCS":
      return { message: "a second document begins here", hint: "A file holds one scenario" };
    case "RESOURCE_EXHAUSTION":
      return { message: "lists and mappings are nested too deeply" };
    case "MULTILINE_IMPLICIT_KEY":
      return {
        message: 'the line is not of the form "key: value"',
        hint: "Is a space after the colon missing?",
      };
    case "BLOCK_AS_IMPLICIT_KEY":
      return {
        message: "there are two keys on one line",
        hint: 'Put a text that has ": " in it into quotes, or look at the indentation',
      };
    case "BAD_SCALAR_START":
      return {
        message: `a text cannot begin with ${JSON.stringify(text[error.pos[0]] ?? "")}`,
        hint: "Put it into quotes",
      };
    case "TAG_RESOLVE_FAILED":
      return {
        message: `the tag ${wordAt(text, error.pos[0])} means nothing here`,
        hint: "Leave it out; put a text that begins with ! into quotes",
      };
    case "BAD_ALIAS":
      return { message: error.message };
    default:
      return { message: `not YAML: ${inBrackets(error.message)}`, ...indentation(error.message) };
  }
}

/** "Flow map in block collection must be sufficiently indented and end with a }" */
function inBrackets(message: string): string {
  const quote = /^Missing closing (.)quote$/.exec(message)?.[1];
  if (quote !== undefined) return `a text that begins with ${quote} has no ${quote} at its end`;
  const end = /^Flow (map|sequence) .*end with a (.)$/.exec(message);
  if (end === null) return message;
  return `a ${end[1] === "map" ? "mapping that begins with {" : "list that begins with ["} has no ${end[2]}`;
}

function indentation(message: string): { hint?: string } {
  return /- indicator|same column|indent/.test(message) && !/Flow/.test(message)
    ? { hint: "Look at the indentation: what belongs together begins in the same column" }
    : {};
}

function wordAt(text: string, offset: number): string {
  const word = /^("[^"\n]*"|'[^'\n]*'|[^\s:,[\]{}]+)/.exec(text.slice(offset, offset + 60))?.[0];
  return word === undefined ? "" : JSON.stringify(word.replace(/^(["'])(.*)\1$/, "$2"));
}
