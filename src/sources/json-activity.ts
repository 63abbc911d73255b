import type { Activity, Address, Evidence, Kind, Origin, Path } from '../model/activity.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import type { Row } from './batch.ts';
import { fingerprintOf } from './span-value.ts';

/** The head of an activity as a source made it. */
export interface Given {
  readonly kind: Kind;
  readonly id: string;
  readonly time: number;
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly name: string;
  readonly principal: string;
  readonly address: Address | undefined;
  readonly error: string;
  readonly place: Place;
}

/** An activity over a parsed record. `origin` is written by the lineage stage, once. */
export class JsonActivity implements Row {
  readonly kind: Kind;
  readonly id: string;
  readonly time: number;
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly name: string;
  readonly principal: string;
  readonly address: Address | undefined;
  readonly error: string;
  readonly place: Place;
  readonly fingerprint: number;
  origin: Origin | undefined = undefined;
  readonly #record: JsonObject;

  constructor(given: Given, record: JsonObject, fingerprint = fingerprintOf(given.id)) {
    this.fingerprint = fingerprint;
    this.kind = given.kind;
    this.id = given.id;
    this.time = given.time;
    this.account = given.account;
    this.region = given.region;
    this.source = given.source;
    this.name = given.name;
    this.principal = given.principal;
    this.address = given.address;
    this.error = given.error;
    this.place = given.place;
    this.#record = record;
  }

  json(path: Path): Json | undefined {
    return valueAt(this.#record, path);
  }

  text(path: Path): string | undefined {
    return textOf(this.json(path));
  }

  number(path: Path): number | undefined {
    return numberOf(this.json(path));
  }

  flag(path: Path): boolean | undefined {
    return flagOf(this.json(path));
  }

  list(path: Path): readonly string[] {
    return listOf(this.json(path));
  }

  has(path: Path): boolean {
    const value = this.json(path);
    return value !== undefined && value !== null;
  }

  keep(): Evidence {
    return evidenceOf(this);
  }
}

export function evidenceOf(activity: Activity): Evidence {
  const { id, kind, time, source, name, principal, origin, address, error, place } = activity;
  const before = origin === undefined ? {} : { origin };
  return { id, kind, time, source, name, principal, ...before, address: address?.text ?? '', error, place };
}

/** The value under a dotted path of objects. */
export function valueAt(record: Json | undefined, path: Path): Json | undefined {
  let value: Json | undefined = record;
  for (const name of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** Undefined for what is no JSON. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Ill-typed is undefined, but numbers and booleans that a service writes as text count as what they say.

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

export function flagOf(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

export function listOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
