import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { invalid } from '../aws/errors.js';

const macBytes = 12;

/** Makes and reads NextToken: a place in a list, good for the request that it was made for. */
export class PageTokens {
  readonly #key = randomBytes(32);

  /** @param subject what the list is of; the token is refused for another. */
  write(subject: string, position: number): string {
    const place = Buffer.alloc(4);
    place.writeUInt32BE(position);
    return Buffer.concat([place, this.#mac(subject, place)]).toString('base64url');
  }

  /**
   * @returns 0 without a token.
   * @throws AwsError ValidationException
   */
  read(subject: string, token: string | undefined): number {
    if (token === undefined || token === '') return 0;
    const bytes = Buffer.from(token, 'base64url');
    const place = bytes.subarray(0, 4);
    const mac = bytes.subarray(4);
    if (place.length !== 4 || mac.length !== macBytes || !timingSafeEqual(mac, this.#mac(subject, place)))
      throw invalid('nextToken is not valid for this request');
    return place.readUInt32BE();
  }

  #mac(subject: string, place: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(place).update(subject).digest().subarray(0, macBytes);
  }
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** A page of a list that stays as it is, and the token of the next one. */
export function pageOf<T>(
  tokens: PageTokens,
  subject: string,
  items: readonly T[],
  size: number,
  token: string | undefined,
): Page<T> {
  const first = tokens.read(subject, token);
  const end = first + size;
  return {
    items: items.slice(first, end),
    nextToken: end < items.length ? tokens.write(subject, end) : undefined,
  };
}

/**
 * The same of a list whose newest items come first and to which new ones are added all the time: what was on a page is
 * not on the next.
 */
export function pageOfNewest<T extends { readonly sequence: number }>(
  tokens: PageTokens,
  subject: string,
  items: readonly T[],
  size: number,
  token: string | undefined,
): Page<T> {
  const before = tokens.read(subject, token);
  const rest = before === 0 ? items : items.filter(({ sequence }) => sequence < before);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return {
    items: page,
    nextToken: last !== undefined && rest.length > page.length ? tokens.write(subject, last.sequence) : undefined,
  };
}
