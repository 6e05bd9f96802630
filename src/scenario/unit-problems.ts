import { nearest } from "../core/nearest.ts";
import { article, type Dimension, examples, unitCalled, units, what } from "./units.ts";

/** A number with a unit that its dimension does not have. */
export interface WrongQuantity {
  /** The whole, in quotes. */
  readonly text: string;
  readonly number: string;
  /** What stands for the unit. */
  readonly name: string;
}

interface Explanation {
  readonly problem: string;
  readonly hint: string;
}

/** Says why the unit is none, and what was probably meant. Where bits or bytes could be meant, it names both. */
export function wrongUnit(dimension: Dimension, wrong: WrongQuantity): Explanation {
  return (
    notOneNumber(dimension, wrong) ??
    otherDimension(dimension, wrong) ??
    bitsOrBytes(dimension, wrong) ??
    abbreviated(dimension, wrong) ??
    unknown(dimension, wrong)
  );
}

/** "1,5 Mbit/s", "1 h 30 min". */
function notOneNumber(dimension: Dimension, { text, name }: WrongQuantity) {
  if (/^[,_'.]\d/.test(name)) {
    return {
      problem: `${text} is not a number with a unit`,
      hint: "Write decimals with a point and thousands without a mark, as in 1.5 or 1500",
    };
  }
  if (!/\d/.test(name)) return undefined;
  return {
    problem: `${text} is not one number with one unit`,
    hint: `Write it as in ${examples[dimension][0]}`,
  };
}

/** "5 MiB" for a time, "10 MB" for a rate. */
function otherDimension(dimension: Dimension, { text, number, name }: WrongQuantity) {
  const others = (Object.keys(units) as Dimension[]).filter((one) => one !== dimension);
  const other = others.find((one) => unitCalled(one, name) !== undefined);
  if (other === undefined) return undefined;
  const problem = `${text} is ${article[other]}, and not ${article[dimension]}`;
  if (dimension === "rate" && other === "size") {
    const bits = /^([KMGT])/i.exec(name)?.[1] ?? "";
    const bytes = unitCalled("size", name)?.name;
    return {
      problem,
      hint: `Write ${number} ${bits === "K" ? "k" : bits}bit/s for bits, or ${number} ${bytes}/s for bytes`,
    };
  }
  if (dimension === "size" && other === "rate") {
    const bytes = name.replace(/\/s$/, "");
    if (unitCalled("size", bytes) !== undefined)
      return { problem, hint: `Write ${number} ${bytes}` };
  }
  return { problem, hint: `Write it as in ${examples[dimension].join(", ")}` };
}

/** "10 mb/s", "10 Mbit", "10 mib": letters of bits and bytes, but none of our units. */
function bitsOrBytes(dimension: Dimension, { text, number, name }: WrongQuantity) {
  const parts =
    /^([kmgt]?)(i?)(bits?|bytes?|b)(\/s|\/sec|\/second| ?ps| per s| per sec| per second)?$/i.exec(
      name,
    );
  if (parts === null || (dimension !== "rate" && dimension !== "size")) return undefined;
  const prefix = (parts[1] as string).toUpperCase();
  const binary = parts[2] === "" || prefix === "" ? "" : "i";
  const word = (parts[3] as string).toLowerCase();
  const isBits = word.startsWith("bi");
  if (dimension === "rate") {
    const bits = `${number} ${prefix === "K" ? "k" : prefix}bit/s`;
    const bytes = `${number} ${prefix}${binary}B/s`;
    if (word === "b") {
      return {
        problem: `${text} may mean bits or bytes per second`,
        hint: `Write ${bits} for bits, or ${bytes} for bytes`,
      };
    }
    const isAmount = parts[4] === undefined;
    return {
      problem: isAmount
        ? `${text} is an amount, and not a rate`
        : `"${name}" in ${text} is not a unit of rate`,
      hint: isBits && binary !== "" ? `Did you mean ${bits}?` : `Write ${isBits ? bits : bytes}`,
    };
  }
  if (isBits) {
    return {
      problem: `${text} is in bits, and a size is in bytes`,
      hint: `Divide by 8, and write it as in ${examples.size.join(", ")}`,
    };
  }
  const decimal = `${number} ${prefix}B`;
  if (binary !== "") {
    return {
      problem: `"${name}" in ${text} is not a unit of size`,
      hint: `Write ${number} ${prefix}iB`,
    };
  }
  const both = `${decimal} (powers of 1000) or ${number} ${prefix}iB (powers of 1024)`;
  return {
    problem: word === "b" ? `${text} may mean bits or bytes` : `"${name}" in ${text} is not a unit`,
    hint: `A size is in bytes: write ${prefix === "" ? decimal : both}`,
  };
}

/** "5 m", "10 M": the letters that are left could be of several units. */
function abbreviated(dimension: Dimension, { text, number, name }: WrongQuantity) {
  if (dimension === "duration" && /^m$/i.test(name)) {
    return {
      problem: `${text} may mean minutes or milliseconds`,
      hint: `Write ${number} min or ${number} ms`,
    };
  }
  if ((dimension !== "size" && dimension !== "rate") || !/^[kmgt]i?$/i.test(name)) return undefined;
  const prefix = (name[0] as string).toUpperCase();
  const bits = prefix === "K" ? "k" : prefix;
  return {
    problem: `${text} lacks its unit`,
    hint:
      dimension === "size"
        ? `Write ${number} ${prefix}iB or ${number} ${prefix}B`
        : `Write ${number} ${bits}bit/s for bits, or ${number} ${prefix}B/s for bytes`,
  };
}

function unknown(dimension: Dimension, { text, number, name }: WrongQuantity): Explanation {
  const names = units[dimension].flatMap((one) => [one.name, ...one.also]);
  const known = units[dimension].map((one) => one.name).join(", ");
  // "2 peers per s" says what is counted, which the key says already.
  const near = nearest(dimension === "frequency" ? name.replace(/^.*(?=per )/, "") : name, names);
  return {
    problem: `${JSON.stringify(name)} in ${text} is not a unit of ${what[dimension]}`,
    hint: `${near === undefined ? "" : `Did you mean ${number} ${near}? `}Known units: ${known}`,
  };
}
