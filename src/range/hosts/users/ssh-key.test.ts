import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { luck } from '../../clock/luck.ts';
import { opensshPem } from './openssh-key.ts';
import { newRsa } from './rsa-key.ts';
import { newEd25519, publicLine } from './ssh-key.ts';

describe('keys from luck', () => {
  it('are RSA keys that sign, the same for the same luck', () => {
    const key = newRsa(1024, luck('a'));
    const pem = key.export({ format: 'pem', type: 'pkcs1' }).toString();
    expect(createPrivateKey(pem).asymmetricKeyDetails?.modulusLength).toBe(1024);
    const text = Buffer.from('text');
    expect(verify('sha256', text, createPublicKey(key), sign('sha256', text, key))).toBe(true);
    expect(newRsa(1024, luck('a')).equals(key)).toBe(true);
    expect(newRsa(1024, luck('b')).equals(key)).toBe(false);
  });

  it.each([
    ['rsa', newRsa(1024, luck('a'))],
    ['ed25519', newEd25519(luck('a'))],
  ])('have the same public line in either format: %s', (_type, key) => {
    const line = publicLine(key.export({ format: 'pem', type: 'pkcs8' }).toString());
    expect(line).toMatch(/^ssh-(rsa|ed25519) AAAA/);
    expect(publicLine(opensshPem(key, 'me@here', 7))).toBe(line);
  });

  it('are none where the text is none', () => {
    const broken = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END OPENSSH PRIVATE KEY-----\n';
    expect([publicLine('hello'), publicLine(broken)]).toEqual([undefined, undefined]);
  });
});
