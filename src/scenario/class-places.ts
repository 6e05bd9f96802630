import { at, type Path } from "./issues.ts";

/** Where the classes of a scenario stand in its file: the members of a mix stand within the class that they make up. */
export class ClassPlaces {
  private readonly root: unknown;
  private readonly classes: Path[] = [];

  /** `root` is the tree that the classes were made from. */
  constructor(root: unknown) {
    this.root = root;
    const peers = at(root, ["peers"]) as readonly unknown[];
    peers.forEach((_, index) => {
      const place: Path = ["peers", index];
      const mix = at(root, [...place, "mix"]);
      if (Array.isArray(mix)) this.classes.push(...mix.map((__, part) => [...place, "mix", part]));
      else this.classes.push(place);
    });
  }

  /** The path of class number `index`, or of the class whose mix it is a member of. */
  whole(index: number): Path {
    return (this.classes[index] as Path).slice(0, 2);
  }

  /** The path of a key of class number `index`: in the member, or in the class that has it for all its members. */
  of(index: number, keys: Path): Path {
    const own = this.classes[index] as Path;
    const common = [...this.whole(index), ...keys];
    const isCommon =
      at(this.root, [...own, ...keys]) === undefined && at(this.root, common) !== undefined;
    return isCommon ? common : [...own, ...keys];
  }
}
