import type { UserPlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import { md5Password, type StoredPassword, sha256Password } from '../../passwords/stored-password.js';

/**
 * What PASSWORD of CREATE USER and ALTER USER makes of the stored password ("CREATE USER"): clear text, an MD5 hash of
 * password and name, `sha256|clear text`, `sha256|digest|salt`, or DISABLE.
 *
 * @returns null for DISABLE.
 * @throws DuckshiftError XX000 for clear text that breaks the rules or a hash of another form.
 */
export async function passwordOption(
  user: string,
  given: UserPlan['password'],
  before: StoredPassword | null | undefined,
): Promise<StoredPassword | null | undefined> {
  if (given === undefined) return before;
  if (given === 'disable') return null;
  const option = given();
  if (/^md5[0-9a-f]{32}$/i.test(option)) return { scheme: 'md5', md5: option.toLowerCase() };
  const [scheme, clearOrDigest = '', salt, ...rest] = option.split('|');
  if (scheme !== 'sha256') return md5Password(user, checkedPassword(option));
  if (salt === undefined) return sha256Password(checkedPassword(clearOrDigest));
  if (rest.length > 0 || !/^[0-9a-f]{64}$/i.test(clearOrDigest) || !/^[0-9a-f]{32}$/i.test(salt))
    throw new DuckshiftError('XX000', 'Invalid SHA-256 password hash', {
      detail: 'The form is sha256|digest|salt: 64 and 32 hexadecimal digits.',
    });
  return { scheme: 'sha256', digest: clearOrDigest.toLowerCase(), salt: salt.toLowerCase() };
}

/**
 * 8 to 64 printable ASCII characters with an upper-case and a lower-case letter and a digit, and none of ' " \ / @
 * ("CREATE USER").
 */
function checkedPassword(password: string): string {
  const broken =
    password.length < 8 || password.length > 64
      ? 'Password must be 8 to 64 characters long'
      : !/[A-Z]/.test(password)
        ? 'Password must contain uppercase letters'
        : !/[a-z]/.test(password)
          ? 'Password must contain lowercase letters'
          : !/[0-9]/.test(password)
            ? 'Password must contain a number'
            : !/^[!-~]*$/.test(password) || /['"\\/@]/.test(password)
              ? `Password must contain printable ASCII characters only, and none of ' " \\ / @`
              : undefined;
  if (broken !== undefined) throw new DuckshiftError('XX000', broken);
  return password;
}
