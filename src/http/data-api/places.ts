/** A limited number of places; who finds none waits in line. */
export class Places {
  #free: number;
  readonly #line: ((entered: boolean) => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** `entered` resolves to true with a place, to false after `abandon`. */
  enter(): { readonly entered: Promise<boolean>; abandon(): void } {
    if (this.#free > 0) {
      this.#free--;
      return { entered: Promise.resolve(true), abandon: () => undefined };
    }
    let called: (entered: boolean) => void = () => undefined;
    const entered = new Promise<boolean>((resolve) => {
      called = resolve;
    });
    this.#line.push(called);
    const abandon = (): void => {
      const index = this.#line.indexOf(called);
      if (index === -1) return;
      this.#line.splice(index, 1);
      called(false);
    };
    return { entered, abandon };
  }

  leave(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#free++;
    else next(true);
  }
}
