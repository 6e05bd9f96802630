import { describe, expect, test } from "@jest/globals";
import { MAX_LENGTH } from "../../../src/scenario/source.ts";
import { changed, complaint, hello, topWith } from "../../support/scenario-text.ts";

const tooDeep = "lists and mappings are nested too deeply";

describe("a file that is no scenario", () => {
  test.each([
    ["nothing", "", "1:1: the file is empty. See docs/scenarios.md."],
    ["a comment", "# to do\n", "1:1: the file is empty. See docs/scenarios.md."],
    ["~", "~", "1:1: the file is empty. See docs/scenarios.md."],
    [
      "a list",
      "- a\n- b\n",
      "1:1: the file must be a mapping of keys to values, and is a list of 2.",
    ],
    ["a word", "hello", '1:1: the file must be a mapping of keys to values, and is "hello".'],
    ["UTF-16", "n\0a\0m\0e\0", "1:1: the file is no text. Save it as UTF-8."],
    [
      "two scenarios",
      `${hello}---\n${hello}`,
      "13:1: a second document begins here. A file holds one scenario.",
    ],
  ])("%s", (_, text, message) => {
    expect(complaint(text)).toBe(`x.yaml:${message}`);
  });
});

describe("a mistake of YAML", () => {
  test.each([
    [
      "a key twice",
      topWith("name: x"),
      '13:1: the key "name" is written twice. Take one out; a new class of peers begins with "- ".',
    ],
    ["a tab", `${hello}\tx: 1\n`, "13:1: the line is indented with a tab. Indent with spaces."],
    [
      "an open {",
      changed("10 MiB }", "10 MiB"),
      "3:1: not YAML: a mapping that begins with { has no }.",
    ],
    ["an open [", "peers: [1, 2", "1:13: not YAML: a list that begins with [ has no ]."],
    [
      "an open quote",
      changed("hello", '"hello'),
      '13:1: not YAML: a text that begins with " has no " at its end.',
    ],
    [
      "two colons",
      changed("hello", "hello: x"),
      '1:7: there are two keys on one line. Put a text that has ": " in it into quotes, or look at the indentation.',
    ],
    [
      "no space after a colon",
      changed("name: hello", "name:hello"),
      '1:1: the line is not of the form "key: value". Is a space after the colon missing?',
    ],
    [
      "a line out of place",
      changed("    count: 10", "   count: 10"),
      "10:1: not YAML: Sequence item without - indicator. Look at the indentation: what belongs together begins in the same column.",
    ],
    [
      "a tag",
      changed("hello", "!x hello"),
      '1:7: the tag "!x" means nothing here. Leave it out; put a text that begins with ! into quotes.',
    ],
    [
      "bytes",
      changed("hello", "!!binary aGk="),
      '1:7: the tag "!!binary" means nothing here. Leave it out; put a text that begins with ! into quotes.',
    ],
    [
      "a set",
      "%YAML 1.1\n---\nstop: !!set { a }",
      '3:7: the tag "!!set" means nothing here. Leave it out; put a text that begins with ! into quotes.',
    ],
    ["an @", changed("hello", "@hello"), '1:7: a text cannot begin with "@". Put it into quotes.'],
    [
      "an alias to nowhere",
      changed("hello", "*hello"),
      "1:7: nothing before is marked &hello, which *hello repeats.",
    ],
    [
      "an alias to below",
      `name: *x\nseed: &x 1\n`,
      "1:7: nothing before is marked &x, which *x repeats.",
    ],
    ["a list as a key", topWith("[1]: 2"), "13:1: a key must be a word."],
    ["a mapping as a key", topWith("? { a: 1 }\n: 2"), "13:3: a key must be a word."],
    ["__proto__ as a key", topWith("__proto__: { x: 1 }"), "13:1: __proto__ cannot be a key."],
    ["a merge of no mapping", topWith("<<: 5"), "1:1: <<: must be a mapping, as in <<: *dsl."],
  ])("%s", (_, text, message) => {
    expect(complaint(text)).toBe(`x.yaml:${message}`);
  });

  test("is told without those that come of it, and all keys that are written twice are", () => {
    const lost = changed("  - class: dsl", "    class: dsl");
    expect(complaint(lost).match(/written twice/g)).toHaveLength(4);
    expect(complaint(`${lost}\tx: 1\ny: {`).split("\n").at(-1)).toContain("tab");
  });
});

describe("a file that would fill memory or the stack", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [one, next] of ["ab", "bc", "cd", "de", "ef", "fg"]) {
    bomb.push(`${next}: &${next} [${Array(9).fill(`*${one}`).join(", ")}]`);
  }
  const wide = `${hello}    delay: &d { values: [${"5 ms, ".repeat(5000)}] }\n${"  - { delay: *d }\n".repeat(500)}`;

  test.each([
    ["aliases of aliases", bomb.join("\n"), "there are too many aliases (*name)."],
    [
      "aliases of a long list",
      wide,
      "the file has more than 2000000 values, with what aliases (*name) repeat.",
    ],
    ["a list in itself", "peers: &a [*a]", `${tooDeep}, or in themselves.`],
    ["a mapping in itself", "stop: &a { b: *a }", `${tooDeep}, or in themselves.`],
    [
      "a hundred lists in lists",
      `peers: ${"[".repeat(100)}${"]".repeat(100)}`,
      `${tooDeep}, or in themselves.`,
    ],
  ])("%s", (_, text, message) => {
    expect(complaint(text)).toBe(`x.yaml:1:1: ${message}`);
  });

  test.each([1000, 1500, 3000, 20_000])("%d lists and mappings in each other", (depth) => {
    expect(complaint(`peers: ${"[".repeat(depth)}${"]".repeat(depth)}`)).toContain(tooDeep);
    expect(complaint(`peers: ${"{a: ".repeat(depth)}${"}".repeat(depth)}`)).toContain(tooDeep);
    expect(complaint(`peers:\n  ${"- ".repeat(depth)}x`)).toContain(tooDeep);
  });

  test("more letters than any scenario", () => {
    expect(complaint(`# ${"x".repeat(MAX_LENGTH)}`)).toBe(
      "x.yaml:1:1: the file is larger than 32 MiB.",
    );
  });

  test("yet a hundred thousand arrival times are read", () => {
    const times = Array.from({ length: 100_000 }, (_, index) => `${index} ms`);
    const text = `${hello.replace("    count: 10\n", "")}    arrive: { trace: [${times.join(", ")}] }\n`;
    expect(complaint(text)).toBe("no complaint");
  });
});
