import { describe, expect, it } from 'vitest';
import { createVerify, sha256Crypt, sha512Crypt } from './crypt.ts';
import { md5Crypt } from './md5-crypt.ts';

// Each hash was made by `openssl passwd -6`.
const vectors: [string, string, number | undefined, string][] = [
  [
    'Hello world!',
    'saltstring',
    undefined,
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  ],
  [
    'a very much longer text to encrypt.  This one even stretches over morethan one line.',
    'anotherlongsaltstring',
    1400,
    '$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1',
  ],
];

describe('SHA-512 crypt', () => {
  it.each(vectors)('hashes %s with salt %s', (password, salt, rounds, hash) => {
    expect(sha512Crypt(password, salt, rounds)).toBe(hash);
  });

  it('accepts the right password and no other, and no locked account', () => {
    const verify = createVerify();
    const hash = sha512Crypt('correct horse', 'abcdefgh');
    expect([verify('correct horse', hash), verify('correct hors', hash), verify('', '!!'), verify('', '')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  // Made by `openssl passwd -5`.
  it.each([
    ['Hello world!', 'saltstring', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
    [
      'a much longer password than sixteen bytes, and than thirty-two',
      'ab',
      '$5$ab$qgIJek.mlSmBv9NuK3PAFcJEVY8sXm9DmT71OxJoSAA',
    ],
  ])('hashes %s with SHA-256', (password, salt, hash) => {
    expect(sha256Crypt(password, salt)).toBe(hash);
    expect(createVerify()(password, hash)).toBe(true);
  });

  // Made by `openssl passwd -apr1`. Linux does not take it for a login.
  it("makes Apache's hash, which opens no account", () => {
    const hash = md5Crypt('password123', 'abcdefgh', '$apr1$');
    expect(hash).toBe('$apr1$abcdefgh$NpGqt/j3qiYVyTo0Gid3P1');
    expect(createVerify()('password123', hash)).toBe(false);
  });

  // Made by `openssl passwd -1`.
  it.each([
    ['password123', 'abcdefgh', '$1$abcdefgh$dtq1FtBKBJgv4AX.oFZ2W1'],
    ['a much longer password than sixteen', 'ab', '$1$ab$BXdgTeubcXY.G0KJweZuF/'],
  ])('hashes %s with MD5', (password, salt, hash) => {
    expect(md5Crypt(password, salt)).toBe(hash);
    expect(createVerify()(password, hash)).toBe(true);
  });
});
