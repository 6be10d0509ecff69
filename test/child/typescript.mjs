// `node --import <this file> x.ts` runs the project's TypeScript as it lies there, so that a test can start a process of its own and kill it.
import { register } from 'node:module';

register(new URL('./typescript-hooks.mjs', import.meta.url));
