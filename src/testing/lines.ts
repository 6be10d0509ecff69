import { TestFileError } from './test-file.js';

/** A cursor over the lines of a test file. */
export class Lines {
  readonly #path: string;
  readonly #lines: readonly string[];
  #next = 0;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#lines = text.split(/\r?\n/);
  }

  /** Number of the line read last, 1-based. */
  get number(): number {
    return this.#next;
  }

  /** The next line, or undefined at the end. */
  read(): string | undefined {
    const line = this.#lines[this.#next];
    if (line !== undefined) this.#next++;
    return line;
  }

  /** The lines up to, and without, the next blank one; the blank line is consumed. */
  readBlock(): { readonly text: string; readonly number: number }[] {
    const block: { text: string; number: number }[] = [];
    for (let line = this.read(); line !== undefined && line.trim() !== ''; line = this.read())
      block.push({ text: line, number: this.#next });
    return block;
  }

  /** An error about a line, by default the one read last. */
  error(message: string, line = this.#next): TestFileError {
    return new TestFileError(this.#path, line, message);
  }
}
