import type { Member, Shape } from '../../../wire/plan.ts';
import { resolve } from '../../disk/view.ts';
import type { Seat } from '../../seat.ts';
import { badParameter, CliError } from './errors.ts';
import { type Loose, parseShorthand, ShorthandError } from './shorthand.ts';

/** Where values come from: the disk, the folder, and how blobs are written. */
export interface Sources {
  readonly seat: Seat;
  readonly cwd: string;
  readonly home: string;
  readonly rawBlobs: boolean;
}

/** The texts of one option as the value that the model wants. */
export function optionValue(texts: readonly string[], member: Member, option: string, sources: Sources): unknown {
  const { shape } = member;
  const loaded = texts.map((text) => load(text, option, sources));
  const [first] = loaded;
  if (first === undefined) return shape.type === 'list' ? [] : '';
  if (member.streaming) return streamed(texts[0] ?? '', first, sources);
  if (first instanceof Uint8Array) return shape.type === 'blob' ? first : Buffer.from(first).toString('utf8');
  if (!['list', 'map', 'structure'].includes(shape.type)) return scalar(first, shape, sources);
  const lines = loaded.map((one) => (typeof one === 'string' ? one : Buffer.from(one).toString('utf8')));
  return typed(complex(lines, shape, option), shape, sources);
}

function complex(texts: readonly string[], shape: Shape, option: string): unknown {
  const first = texts[0]?.trim() ?? '';
  if (shape.document || first.startsWith('{') || (first.startsWith('[') && texts.length === 1)) {
    const values = texts.map((text) => json(text, option));
    return shape.type === 'list' && (values.length > 1 || !Array.isArray(values[0])) ? values : values[0];
  }
  try {
    if (shape.type !== 'list') return parseShorthand(texts.join(','));
    const plain = !['list', 'map', 'structure'].includes(shape.item?.shape.type ?? 'string');
    return plain ? texts : texts.map((text) => parseShorthand(text));
  } catch (error) {
    if (error instanceof ShorthandError) throw badParameter(option, error.message);
    throw error;
  }
}

function json(text: string, option: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badParameter(option, `Invalid JSON: ${(error as Error).message}\nJSON received: ${text}`);
  }
}

/** Gives the parts of a structure the model's types: shorthand knows strings only, JSON neither bytes nor times. */
export function typed(value: unknown, shape: Shape, sources: Sources): unknown {
  if (value === null || value === undefined || shape.document) return value;
  switch (shape.type) {
    case 'list': {
      const list: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
      if (!Array.isArray(value) && typeof value !== 'string') return value;
      return list.map((one) => (shape.item === undefined ? one : typed(one, shape.item.shape, sources)));
    }
    case 'map':
      return isPairs(value) && shape.item !== undefined
        ? mapValues(value, (one) => typed(one, shape.item!.shape, sources))
        : value;
    case 'structure': {
      if (!isPairs(value)) return value;
      const members = new Map(shape.members.map((member) => [member.name, member]));
      return mapValues(value, (one, name) => {
        const member = members.get(name);
        return member === undefined ? one : typed(one, member.shape, sources);
      });
    }
    default:
      return typeof value === 'string' ? scalar(value, shape, sources) : value;
  }
}

function isPairs(value: unknown): value is Readonly<Record<string, Loose>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapValues(value: Readonly<Record<string, unknown>>, to: (one: unknown, name: string) => unknown) {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, to(one, name)]));
}

function scalar(text: string, { type }: Shape, { rawBlobs }: Sources): unknown {
  switch (type) {
    case 'integer':
    case 'long':
      if (!/^\s*[+-]?\d+\s*$/.test(text))
        throw new CliError(`\ninvalid literal for int() with base 10: '${text}'\n`, 255);
      return Number(text);
    case 'float':
    case 'double':
      if (text.trim() === '' || Number.isNaN(Number(text)))
        throw new CliError(`\ncould not convert string to float: '${text}'\n`, 255);
      return Number(text);
    case 'boolean':
      return text.toLowerCase() === 'true' ? true : text.toLowerCase() === 'false' ? false : text;
    case 'timestamp':
      return timeOf(text);
    case 'blob':
      if (rawBlobs) return Buffer.from(text);
      if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.trim()))
        throw new CliError(`\nInvalid base64: "${text}"\n`, 252);
      return Buffer.from(text, 'base64');
    default:
      return text;
  }
}

/** A text that is no time stays one, and is refused by what checks the types. */
function timeOf(text: string): unknown {
  if (/^-?\d+(\.\d+)?$/.test(text)) return new Date(Number(text) * 1000);
  const withZone = /T.*(Z|[+-]\d\d:?\d\d)$|^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
  const time = new Date(withZone);
  return Number.isNaN(time.getTime()) ? text : time;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

/** The body of a request: handlers take it as a stream. */
export function streamOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  return once(bytes);
}

function streamed(text: string, loaded: string | Uint8Array, sources: Sources): AsyncIterable<Uint8Array> {
  if (loaded instanceof Uint8Array) return once(loaded);
  if (/^fileb?:\/\//.test(text)) return once(Buffer.from(loaded));
  const path = resolve(sources.cwd, text);
  const node = sources.seat.disk.find(path, sources.seat.actor);
  if (node?.kind !== 'file') throw new CliError('\nBlob values must be a path to a file.\n', 252);
  return once(sources.seat.disk.read(path, sources.seat.actor));
}

/** `file://` and `fileb://`. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html */
export function load(text: string, option: string, { seat, cwd, home }: Sources): string | Uint8Array {
  const [, kind, path = ''] = /^(fileb?):\/\/(.*)$/s.exec(text) ?? [];
  if (kind === undefined) return text;
  const full = resolve(cwd, path.replace(/^~(?=\/|$)/, home));
  if (seat.disk.find(full, seat.actor)?.kind !== 'file')
    throw badParameter(option, `Unable to load paramfile ${text}: [Errno 2] No such file or directory: '${path}'`);
  const bytes = seat.disk.read(full, seat.actor);
  return kind === 'fileb' ? bytes : Buffer.from(bytes).toString('utf8');
}
