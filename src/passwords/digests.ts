import { createHash } from 'node:crypto';

/** `md5` + hexadecimal MD5 of password and user name: the form in which PostgreSQL and Redshift store passwords. */
export function storedMd5(user: string, password: string): string {
  return `md5${createHash('md5')
    .update(password + user, 'utf8')
    .digest('hex')}`;
}

/** SHA-256 of the password followed by the salt's bytes: the digest of `sha256|digest|salt` ("CREATE USER"). */
export function saltedSha256(password: string, salt: Uint8Array): Buffer {
  return createHash('sha256').update(password, 'utf8').update(salt).digest();
}
