import { describe, expect, it } from 'vitest';
import { Lineage } from '../lineage/lineage.ts';
import type { Activity, Path } from '../model/activity.ts';
import type { Sighting } from '../model/finding.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { callPaths, dnsPaths, flowPaths } from '../model/paths.ts';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import type { Detector } from './detector.ts';
import { pack } from './detectors/index.ts';
import { Engine } from './engine.ts';
import { exampleWorld } from './example-world.ts';

// What holds for every detector, whoever wrote it. Nothing here names one.

describe.each(pack.map((detector) => [detector.id, detector] as const))('%s', (_, detector) => {
  const { fires, stays } = detector.about.examples;

  it.each(Object.entries(fires))('fires: %s', (_name, records) => {
    expect(sightingsOf(detector, records).map((sighting) => sighting.type)).toContain(detector.about.type);
  });

  it.each(Object.entries(stays))('stays quiet: %s', (_name, records) => {
    expect(sightingsOf(detector, records)).toEqual([]);
  });

  it('is complete', () => {
    const { title, advice, falsePositives, technique, type } = detector.about;
    expect(type).toMatch(/^[A-Za-z]+:[A-Za-z0-9]+\/[A-Za-z0-9&!.]+$/);
    expect(technique).toMatch(/^(T\d{4}(\.\d{3})?|AML\.T\d{4})$/);
    for (const words of [title, advice, falsePositives]) {
      expect(words.ja, 'Japanese is written in Japanese').toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
      expect(words.en).toMatch(/^[A-Z][^\u3040-\u30ff]*$/);
    }
    expect(Object.keys(fires).length).toBeGreaterThan(0);
    expect(Object.keys(stays).length, 'at least one near miss').toBeGreaterThan(0);
  });

  it('has no error for any field that is absent, null or of another type', () => {
    for (const records of Object.values(fires)) {
      // Of a thousand alike, the first and the last will do.
      const some = records.length <= 100 ? records : [...records.slice(0, 50), ...records.slice(-50)];
      for (const broken of variants(some)) sightingsOf(detector, broken);
    }
  });
});

describe('keyed detectors', () => {
  it.each(pack.filter((detector) => detector.keyed).map((detector) => [detector.id, detector] as const))(
    '%s stays quiet when its activities are spread over keys',
    (_, detector) => {
      const spread: Detector = {
        ...detector,
        step: (_state, activity, world) => detector.step(undefined, activity, world),
      };
      for (const records of Object.values(detector.about.examples.fires)) {
        expect(sightingsOf(spread, records)).toEqual([]);
      }
    },
  );
});

describe('user agents', () => {
  const namesAgents = (detector: Detector) => /^PenTest:|AttackToolCalled$/.test(detector.about.type);

  it.each(pack.filter((detector) => !namesAgents(detector)).map((detector) => [detector.id, detector] as const))(
    '%s says the same whatever they are',
    (_, detector) => {
      const { fires, stays } = detector.about.examples;
      for (const records of [...Object.values(fires), ...Object.values(stays)]) {
        const other = records.map((record) => ({ ...record, userAgent: 'something else' }));
        const said = (of: readonly JsonObject[]) =>
          sightingsOf(detector, of).map(({ type, severity, time, resource }) => ({ type, severity, time, resource }));
        expect(said(other)).toEqual(said(records));
      }
    },
  );
});

describe('the pack', () => {
  it('names every detector once', () => {
    const ids = pack.map((detector) => detector.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

function sightingsOf(detector: Detector, records: readonly JsonObject[]): readonly Sighting[] {
  const engine = new Engine([detector], exampleWorld);
  const lineage = new Lineage();
  return records.flatMap((record) => {
    const activity = activityOf(record);
    if (isProblem(activity)) return [];
    activity.origin = lineage.of(activity);
    return engine.see(guarded(activity, detector.about.reads));
  });
}

/** Reading a path that is neither common nor declared is an error: a source would not have looked for it. */
function guarded(activity: Activity, reads: readonly Path[]): Activity {
  const declared = new Set<Path>([...callPaths, ...flowPaths, ...dnsPaths, ...reads]);
  const check = <T>(read: (path: Path) => T) => {
    return (path: Path): T => {
      if (!declared.has(path)) throw new Error(`"${path}" is read but not declared: add it to the detector's reads`);
      return read(path);
    };
  };
  return Object.assign(Object.create(activity), {
    text: check((path) => activity.text(path)),
    number: check((path) => activity.number(path)),
    flag: check((path) => activity.flag(path)),
    list: check((path) => activity.list(path)),
    has: check((path) => activity.has(path)),
    json: check((path) => activity.json(path)),
    keep: () => activity.keep(),
  });
}

const others: readonly (Json | undefined)[] = [undefined, null, 'x', -1.5, true, [], ['x', null], {}, [{ x: [] }]];

/** The records with one field of all of them replaced, for every field at every depth. */
function* variants(records: readonly JsonObject[]): Generator<readonly JsonObject[]> {
  const paths = new Set(records.slice(0, 3).flatMap((record) => [...pathsOf(record)]));
  for (const path of paths) {
    for (const other of others) {
      yield records.map((record) => replaced(record, path.split('\n'), other) as JsonObject);
    }
  }
}

function* pathsOf(value: Json, above: readonly string[] = []): Generator<string> {
  if (above.length > 0) yield above.join('\n');
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) yield* pathsOf(child, [...above, name]);
}

function replaced(value: Json, [name, ...below]: readonly string[], other: Json | undefined): Json {
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  const child = (value as JsonObject)[name];
  const next = below.length === 0 || child === undefined ? other : replaced(child, below, other);
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === name ? (next ?? null) : item));
  return Object.fromEntries(
    Object.entries({ ...value, [name]: next }).flatMap(([key, item]) => (item === undefined ? [] : [[key, item]])),
  );
}
