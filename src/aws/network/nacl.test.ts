import { describe, expect, it } from 'vitest';
import { type AclEntry, type AclPacket, evaluateNacl } from './nacl.ts';

const allowAll: AclEntry = {
  RuleNumber: 100,
  RuleAction: 'allow',
  Egress: false,
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
};
const star: AclEntry = { ...allowAll, RuleNumber: 32767, RuleAction: 'deny' };
const ssh: AclPacket = { egress: false, protocol: 6, remote: '10.0.1.5', port: 22 };
const ping: AclPacket = { egress: false, protocol: 1, remote: '10.0.1.5', icmp: { type: 8, code: 0 } };

function check(entries: readonly AclEntry[], packet: AclPacket, expected: string) {
  const { action, ruleNumber } = evaluateNacl(entries, packet);
  expect(`${action} ${ruleNumber}`).toBe(expected);
}

describe('a network ACL', () => {
  const deny90 = { ...allowAll, RuleNumber: 90, RuleAction: 'deny', CidrBlock: '10.0.1.5/32' } as const;
  const web = { ...allowAll, Protocol: '6', PortRange: { From: 80, To: 443 } };
  const echo = { ...allowAll, Protocol: '1', IcmpTypeCode: { Type: 8, Code: -1 } };
  const rows: [string, readonly AclEntry[], AclPacket, string][] = [
    ['without entries denies', [], ssh, 'deny 32767'],
    ['with only the last entry denies', [star], ssh, 'deny 32767'],
    ['lets the lowest number decide, whatever the order in the list', [star, allowAll, deny90], ssh, 'deny 90'],
    ['passes over an entry for another address', [deny90, allowAll], { ...ssh, remote: '10.0.1.6' }, 'allow 100'],
    ['keeps the directions apart', [allowAll], { ...ssh, egress: true }, 'deny 32767'],
    ['asks for the ports of UDP', [{ ...web, Protocol: '17' }], { ...ssh, protocol: 17, port: 80 }, 'allow 100'],
    ['asks for the ports of UDP', [{ ...web, Protocol: '17' }], { ...ssh, protocol: 17 }, 'deny 32767'],
    ['admits the first port of a range', [web], { ...ssh, port: 80 }, 'allow 100'],
    ['admits the last port of a range', [web], { ...ssh, port: 443 }, 'allow 100'],
    ['denies the port beyond', [web], { ...ssh, port: 444 }, 'deny 32767'],
    ['keeps protocols apart', [web], { ...ssh, protocol: 17, port: 80 }, 'deny 32767'],
    ['ignores the ports of an entry for all traffic', [{ ...web, Protocol: '-1' }], ssh, 'allow 100'],
    ['matches an ICMP type with any code', [echo], ping, 'allow 100'],
    ['denies another ICMP type', [echo], { ...ping, icmp: { type: 0, code: 0 } }, 'deny 32767'],
    ['keeps the families apart', [allowAll], { ...ssh, remote: '2001:db8::1' }, 'deny 32767'],
    [
      'reads IPv6 blocks',
      [{ RuleNumber: 101, RuleAction: 'allow', Egress: false, Protocol: '-1', Ipv6CidrBlock: '2001:db8::/32' }],
      { ...ssh, remote: '2001:db8:ffff::1' },
      'allow 101',
    ],
    ['never matches a nonsense block', [{ ...allowAll, CidrBlock: '10.0.0.0/33' }], ssh, 'deny 32767'],
  ];
  it.each(rows)('%s', (_name, entries, packet, expected) => check(entries, packet, expected));
});
