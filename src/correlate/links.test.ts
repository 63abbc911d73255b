import { expect, test } from 'vitest';
import { arn, recon, sighting } from '../../test/fakes/sightings.ts';
import type { Evidence } from '../model/activity.ts';
import type { Sighting } from '../model/finding.ts';
import { linksOf } from './links.ts';

const outside = '198.51.100.66';
const made = sighting({ ...recon, address: outside });
const evidenceOf = (kind: Evidence['kind']) => made.evidence.map((each) => ({ ...each, kind }));
const kinds = (kind: Evidence['kind']): Partial<Sighting> => ({ counterpart: outside, evidence: evidenceOf(kind) });
const connection = (remote: string): Partial<Sighting> => ({
  evidence: evidenceOf('network-flow'),
  action: {
    actionType: 'NETWORK_CONNECTION',
    direction: 'INBOUND',
    protocol: 'TCP',
    localPort: 22,
    localIp: '10.0.0.1',
    remotePort: 40_000,
    remoteIp: { ipAddressV4: remote },
    blocked: false,
  },
});

test.each<[string, Partial<Sighting>, readonly string[]]>([
  ['nothing but the principal', {}, []],
  ['the address that is the other side', { counterpart: outside }, [`from ${outside}`]],
  ['the address that is listed', { additional: { threatListName: 'bad' } }, [`from ${outside}`]],
  ['the address of a login', kinds('login'), [`from ${outside}`]],
  ['the address of a request to a server', kinds('http-request'), [`from ${outside}`]],
  ['no address of a flow, which may be the own one', kinds('network-flow'), []],
  ['whom a connection is with', connection('203.0.113.9'), ['from 203.0.113.9']],
  ['no neighbour in the network', connection('10.0.0.7'), []],
  [
    'the key, the session and the instance that it is about',
    {
      resource: {
        type: 'AccessKey',
        accessKey: { accessKeyId: 'ASIA', principalId: 'AROA:one', userName: 'app', userType: 'AssumedRole' },
        instance: { instanceId: 'i-1', networkInterfaces: [], tags: [] },
      },
    },
    ['instance i-1', 'key ASIA', 'session AROA:one'],
  ],
])('ties by %s', (_what, more, links) => {
  expect([...linksOf({ ...made, ...more })].sort()).toEqual([...links, `who ${arn('alice')}`].sort());
});
