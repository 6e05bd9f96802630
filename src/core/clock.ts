/** The driver's time, in milliseconds. Written only by the driver, before each input to an engine. */
export interface Clock {
  readonly now: number;
}
