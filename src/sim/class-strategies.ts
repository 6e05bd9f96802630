import type { Clock } from "../core/clock.ts";
import type { Choker } from "../engine/choker.ts";
import type { Picker } from "../engine/picker.ts";
import type { PeerClass } from "../scenario/scenario.ts";
import type { Strategies } from "../strategies/registry.ts";

/** Makes the strategies of each peer of one class. */
export class ClassStrategies {
  private readonly one: PeerClass;
  private readonly strategies: Strategies;
  constructor(one: PeerClass, strategies: Strategies, _clock: Clock) {
    this.one = one;
    this.strategies = strategies;
  }

  create(_label: string): { choker: Choker; seedChoker: Choker; picker: Picker } {
    const choker = this.strategies.chokers.get(this.one.choker.name)!.create({});
    return { choker, seedChoker: this.strategies.chokers.get("new-seed")!.create({}), picker: this.strategies.pickers.get(this.one.picker.name)!.create({}) };
  }
}
