import { orderKey } from './json-key.js';

/** Whether two values in stored form are equal as SUPER compares them. */
export function equalJson(left: string, right: string): boolean {
  return left === right || orderKey(left) === orderKey(right);
}

/** Total order over values of all types: boolean, number, string, array, object, null. */
export function compareJson(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(Buffer.from(orderKey(left)), Buffer.from(orderKey(right)));
}
