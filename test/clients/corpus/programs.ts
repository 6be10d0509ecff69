import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type CorpusTarget, corpusText } from './corpus.js';

/**
 * Run the corpus through a program of `programs/`; gives the lines it prints. Rejects where the program fails, or
 * cannot be run.
 */
function run(command: string, args: readonly string[], table: string, target: CorpusTarget): Promise<string[]> {
  const env = {
    ...process.env,
    CORPUS: corpusText(table, target),
    PYTHONIOENCODING: 'utf-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
  return new Promise((resolve, reject) => {
    execFile(command, [...args], { env, timeout: 110_000 }, (error, out, err) =>
      error === null ? resolve(out.trimEnd().split('\n')) : reject(new Error(`${error.message}\n${err}\n${out}`)),
    );
  });
}

const program = (name: string): string => join(import.meta.dirname, 'programs', name);

/** A Python program, run by Debian's Python, which has Debian's clients. */
export function pythonProgram(name: string): (table: string, target: CorpusTarget) => Promise<string[]> {
  return (table, target) => run('/usr/bin/python3', ['-B', program(name)], table, target);
}

/** A Java program, run from its source, with Debian's pgjdbc. */
export function javaProgram(name: string): (table: string, target: CorpusTarget) => Promise<string[]> {
  return (table, target) => run('java', ['-cp', '/usr/share/java/postgresql.jar', program(name)], table, target);
}
