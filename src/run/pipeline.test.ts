import { describe, expect, it } from 'vitest';
import { pack } from '../detect/detectors/index.ts';
import { exampleWorld } from '../detect/example-world.ts';
import { example, flow, times } from '../detect/examples.ts';
import { thresholds } from '../detect/thresholds.ts';
import type { Sighting } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import { Pipeline } from './pipeline.ts';

describe('flows without a direction, between two private addresses', () => {
  const [victim, scanner] = ['10.0.1.77', '10.0.1.78'];
  const ssh = times(thresholds.guesses.count, (index, at) =>
    flow({
      at: 60 + at,
      from: example.local,
      to: victim,
      fromPort: 40_000 + index,
      toPort: 22,
      packets: 18,
      bytes: 2_900,
    }),
  );
  // The first of them is what tells whose address it is.
  const ports = times(thresholds.ports.count + 1, (index, at) =>
    flow({
      at: 60 + at,
      from: example.local,
      to: victim,
      fromPort: 60_000,
      toPort: 1_000 + index,
      packets: 1,
      bytes: 60,
    }),
  );
  const asked = flow({ from: scanner, to: example.local });
  const asksOutside = flow({ from: example.local, to: example.home, toPort: 443 });
  const ofVictim = (records: readonly JsonObject[]) =>
    records.map((record) => ({ ...record, 'interface-id': 'eni-9' }));

  it.each<[string, readonly JsonObject[], string, readonly unknown[]]>([
    [
      'who guesses is known by another flow of the interface',
      [asked, ...ssh],
      'SSHBruteForce',
      ['ACTOR', 8, example.local],
    ],
    ['or by one to the internet', [asksOutside, ...ssh], 'SSHBruteForce', ['ACTOR', 8, example.local]],
    [
      'who is guessed at is known by the flows of its own',
      ofVictim([flow({ from: scanner, to: victim }), ...ssh]),
      'SSHBruteForce',
      ['TARGET', 2, victim],
    ],
    ['without other flows the destination is taken for its own', ssh, 'SSHBruteForce', ['TARGET', 2, victim]],
    ['who tries ports is told of', [asked, ...ports], 'Portscan', ['ACTOR', 5, example.local]],
    ['at whom they are tried is not', ofVictim([flow({ from: scanner, to: victim }), ...ports]), 'Portscan', []],
    ['nor is anybody where nothing else is known', ports, 'Portscan', []],
  ])('%s', (_, records, type, expected) => {
    const pipeline = new Pipeline({ pack, world: exampleWorld });
    const [said] = records
      .flatMap((record) => pipeline.seeRecord(record) as readonly Sighting[])
      .filter((sighting) => sighting.type.endsWith(type));
    const address = said?.resource.instance?.networkInterfaces[0]?.privateIpAddress;
    expect(said === undefined ? [] : [said.role, said.severity, address]).toEqual(expected);
  });
});
