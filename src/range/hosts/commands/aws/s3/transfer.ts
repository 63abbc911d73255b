import type { CommandContext, ExecResult } from 'just-bash';
import { AwsError } from '../../../../../aws/error.ts';
import { walk } from '../../../disk/inode.ts';
import { resolve } from '../../../disk/view.ts';
import { printedBytes } from '../../../seat.ts';
import { bytesOf } from '../body.ts';
import { Refused } from '../call.ts';
import { CliError } from '../errors.ts';
import type { Bucket } from './bucket.ts';
import { type Options, writeFacts } from './options.ts';
import { type Place, selected } from './place.ts';
import { upload } from './upload.ts';

export type Verb = 'cp' | 'mv' | 'sync' | 'rm';

/** One file or object on its way; `to` is missing where it is only deleted. */
interface Step {
  readonly name: string;
  readonly from: Place;
  readonly to?: Place;
}

/** What all transfers share. */
export interface Trip {
  readonly verb: Verb;
  readonly s3: Bucket;
  readonly options: Options;
  readonly context: CommandContext;
}

/** Copies, moves and deletes, one after the other, and says each as the CLI does. */
export async function transfer(trip: Trip, from: Place, to: Place | undefined): Promise<ExecResult> {
  const { options, verb, s3, context } = trip;
  if (to?.kind === 'disk' && to.path === '-' && from.kind === 's3') return printedBytes(await download(trip, from));
  const whole = options.values.has('recursive') || verb === 'sync';
  let steps: Step[];
  try {
    steps = whole ? await many(trip, from, to) : [await single(trip, from, to)];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const text =
      error.code === '404' && from.kind === 's3'
        ? error.message.replace(/: [^:]*$/, `: Key "${from.key}" does not exist`)
        : error.message;
    throw new CliError(`fatal error: ${text}\n`, 1);
  }
  const said = { out: '', err: '' };
  const quiet = options.values.has('quiet') || options.values.has('only-show-errors');
  for (const step of steps) {
    const what = `${verbOf(verb, step)}: ${shown(step.from, context.cwd)}${step.to === undefined ? '' : ` to ${shown(step.to, context.cwd)}`}`;
    if (options.values.has('dryrun')) said.out += `(dryrun) ${what}\n`;
    else {
      const failure = await move(trip, step, s3);
      if (failure !== undefined) said.err += `${what.replace(':', ' failed:')} ${failure}\n`;
      else if (!quiet) said.out += `${what}\n`;
    }
  }
  return { stdout: said.out, stderr: options.values.has('quiet') ? '' : said.err, exitCode: said.err === '' ? 0 : 1 };
}

async function move(trip: Trip, step: Step, s3: Bucket): Promise<string | undefined> {
  try {
    const { from, to } = step;
    if (to?.kind === 's3' && from.kind === 'disk') await upload(trip, from, to);
    else if (to?.kind === 'disk' && from.kind === 's3') writeDown(trip, to, await download(trip, from));
    else if (to?.kind === 's3' && from.kind === 's3')
      await s3.call('CopyObject', {
        Bucket: to.bucket,
        Key: to.key,
        CopySource: `${from.bucket}/${encodeURI(from.key)}`,
        ...writeFacts(trip.options),
      });
    if (to === undefined || trip.verb === 'mv') await removed(trip, from);
    return undefined;
  } catch (error) {
    if (error instanceof Refused || error instanceof AwsError) return error.message;
    throw error;
  }
}

async function download({ s3 }: Trip, from: Place & { kind: 's3' }): Promise<Uint8Array> {
  return bytesOf((await s3.call('GetObject', { Bucket: from.bucket, Key: from.key }))['Body']);
}

function writeDown({ s3, context }: Trip, to: Place & { kind: 'disk' }, bytes: Uint8Array): void {
  const path = resolve(context.cwd, to.path);
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  if (s3.seat.disk.find(folder) === undefined) s3.seat.disk.mkdir(folder, s3.seat.actor, true);
  s3.seat.disk.write(path, bytes, s3.seat.actor);
}

async function removed({ s3, context }: Trip, place: Place): Promise<void> {
  if (place.kind === 's3') await s3.call('DeleteObject', { Bucket: place.bucket, Key: place.key });
  else s3.seat.disk.remove(resolve(context.cwd, place.path), s3.seat.actor, false);
}

async function single({ s3, context }: Trip, from: Place, to: Place | undefined): Promise<Step> {
  if (from.kind === 's3' && to !== undefined) await s3.call('HeadObject', { Bucket: from.bucket, Key: from.key });
  const node = from.kind === 'disk' ? s3.seat.disk.find(resolve(context.cwd, from.path), s3.seat.actor) : undefined;
  if (from.kind === 'disk' && from.path !== '-' && node === undefined)
    throw new CliError(`\nThe user-provided path ${from.path} does not exist.\n`, 255);
  const name = (from.kind === 's3' ? from.key : from.path).split('/').pop() ?? '';
  if (to === undefined) return { name, from };
  const inFolder =
    to.kind === 's3'
      ? to.key === '' || to.key.endsWith('/')
      : to.path.endsWith('/') || s3.seat.disk.find(resolve(context.cwd, to.path))?.kind === 'folder';
  return { name, from, to: inFolder ? below(to, name) : to };
}

async function many(trip: Trip, from: Place, to: Place | undefined): Promise<Step[]> {
  const there = to === undefined || trip.verb !== 'sync' ? new Map<string, Found>() : await found(trip, to);
  const here = await found(trip, from);
  const steps: Step[] = [];
  for (const [name, { size, time }] of here) {
    if (!selected(name, trip.options.filters)) continue;
    const other = there.get(name);
    const same =
      other !== undefined && other.size === size && (trip.options.values.has('size-only') || other.time >= time);
    if (!same) steps.push({ name, from: below(from, name), ...(to === undefined ? {} : { to: below(to, name) }) });
  }
  if (to !== undefined && trip.options.values.has('delete'))
    for (const name of there.keys())
      if (!here.has(name) && selected(name, trip.options.filters)) steps.push({ name, from: below(to, name) });
  return steps;
}

interface Found {
  readonly size: number;
  readonly time: number;
}

async function found({ s3, context }: Trip, place: Place): Promise<Map<string, Found>> {
  const names = new Map<string, Found>();
  if (place.kind === 's3') {
    const prefix = place.key === '' || place.key.endsWith('/') ? place.key : `${place.key}/`;
    for (const { key, size, time } of await s3.list(place.bucket, prefix))
      if (key !== prefix) names.set(key.slice(prefix.length), { size, time });
    return names;
  }
  const node = s3.seat.disk.find(resolve(context.cwd, place.path), s3.seat.actor);
  for (const [path, one] of node === undefined ? [] : walk(node, ''))
    if (one.kind === 'file') names.set(path.slice(1), { size: one.size, time: one.mtime });
  return new Map([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function below(place: Place, name: string): Place {
  const base = place.kind === 's3' ? place.key : place.path;
  const joined = base === '' || base.endsWith('/') ? `${base}${name}` : `${base}/${name}`;
  return place.kind === 's3'
    ? { ...place, key: joined, text: `s3://${place.bucket}/${joined}` }
    : { ...place, path: joined, text: joined };
}

function verbOf(verb: Verb, { from, to }: Step): string {
  if (to === undefined) return 'delete';
  if (verb === 'mv') return 'move';
  return from.kind === 's3' ? (to.kind === 's3' ? 'copy' : 'download') : 'upload';
}

/** Paths of the disk are told from the folder that one is in. */
function shown(place: Place, cwd: string): string {
  if (place.kind === 's3') return `s3://${place.bucket}/${place.key}`;
  if (place.path === '-') return '-';
  const here = resolve(cwd, '')
    .split('/')
    .filter((part) => part !== '');
  const there = resolve(cwd, place.path)
    .split('/')
    .filter((part) => part !== '');
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same++;
  const up = here.slice(same).map(() => '..');
  return [...(up.length === 0 ? ['.'] : up), ...there.slice(same)].join('/');
}
