import { describe, expect, it } from 'vitest';
import { pack } from '../detect/detectors/index.ts';
import { exampleWorld } from '../detect/example-world.ts';
import { call, example } from '../detect/examples.ts';
import type { Sighting } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import { Sources } from '../sources/open.ts';
import { Pipeline, pathsOf } from './pipeline.ts';

// A scanned file shares callers, addresses and agents between its records, and detectors are asked once for each of them.
// A record that comes alone shares nothing. Both must say the same.

/** A session whose origin the log tells only after its first call. */
const session = { by: 'role:Late/crop', at: 3_600 };
const learntLate = [
  [call('s3:ListBuckets', session)],
  [
    call('sts:AssumeRole', {
      at: 3_601,
      by: 'lambda.amazonaws.com',
      request: { roleArn: `arn:aws:iam::${example.account}:role/Late`, roleSessionName: 'crop' },
      response: { credentials: { accessKeyId: 'ASIACROPXXXXXXXXXXXX' } },
    }),
  ],
  [call('s3:ListBuckets', { ...session, at: 3_602 })],
];
const parts = { pack, world: exampleWorld };

describe('a scanned file says what its records say one by one', () => {
  const examples = pack
    .filter(({ about }) => about.on.kind === 'api-call')
    .flatMap(({ about }) => [...Object.values(about.examples.fires), ...Object.values(about.examples.stays)]);

  it('for the examples of all detectors in one run, in which later ones find what earlier ones left', () => {
    const all = [...examples, ...learntLate];
    const said = scanned(all);
    expect(said).toEqual(alone(all));
    expect(said.length).toBeGreaterThan(pack.length);
  });
});

function scanned(files: readonly (readonly JsonObject[])[]): readonly unknown[] {
  const pipeline = new Pipeline(parts);
  const sources = new Sources(pathsOf(pack));
  return files.flatMap((Records, index) => {
    const batch = sources.open(index).read(Buffer.from(JSON.stringify({ Records })), true);
    return Array.from({ length: batch.size }, (_, at) => pipeline.see(batch.at(at)))
      .flat()
      .map(withoutPlace);
  });
}

function alone(files: readonly (readonly JsonObject[])[]): readonly unknown[] {
  const pipeline = new Pipeline(parts);
  return files.flat().flatMap((record) => {
    const said = pipeline.seeRecord(record);
    return Array.isArray(said) ? said.map(withoutPlace) : [];
  });
}

function withoutPlace(sighting: Sighting): unknown {
  return { ...sighting, evidence: sighting.evidence.map(({ place: _, ...rest }) => rest) };
}
