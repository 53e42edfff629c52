import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of a hash: about 60 ms and 32 MiB, what OWASP's password storage cheat sheet asks for (N = 2^15, r = 8, p = 3). */
const cost = { ln: 15, r: 8, p: 3 };
const keyBytes = 32;
const pattern = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]{8,})\$([\w+/]{8,})$/;

const derive = (password: string, salt: Buffer, { ln, r, p }: typeof cost, bytes: number): Promise<Buffer> => {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 256 * 2 ** ln * r };
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, bytes, options, (error, key) => (error ? reject(error) : resolve(key))),
  );
};

const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/={1,2}$/, '');

/** A password as it may be kept: `$scrypt$ln=15,r=8,p=3$salt$key`, the PHC string format. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const { ln, r, p } = cost;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${encode(salt)}$${encode(await derive(password, salt, cost, keyBytes))}`;
}

/** Whether the text is a hash that `passwordMatches` can check. */
export const isPasswordHash = (text: string): boolean => {
  const [, ln = '', r = '', p = ''] = pattern.exec(text) ?? [];
  return +ln >= 1 && +ln <= 20 && +r >= 1 && +r <= 32 && +p >= 1 && +p <= 16;
};

/** Whether the password gives the hash. Takes as long for a wrong one as for the right one. */
export async function passwordMatches(password: string, hash: string): Promise<boolean> {
  if (!isPasswordHash(hash)) return false;
  const [, ln, r, p, salt = '', key = ''] = pattern.exec(hash) ?? [];
  const expected = Buffer.from(key, 'base64');
  const given = await derive(
    password,
    Buffer.from(salt, 'base64'),
    { ln: Number(ln), r: Number(r), p: Number(p) },
    expected.length,
  );
  return timingSafeEqual(given, expected);
}
