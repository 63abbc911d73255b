import { RE2JS } from 're2js';
import { type JournalEntry, journalOf, stamp } from '../journal.ts';
import { failed, type HostCommand, printed, readFlags } from '../seat.ts';
import { readTime } from './date.ts';

const valued = [
  'u',
  'unit',
  'n',
  'lines',
  't',
  'identifier',
  'S',
  'since',
  'U',
  'until',
  'p',
  'priority',
  'o',
  'output',
  'g',
  'grep',
];
const known = [
  ...valued,
  'r',
  'reverse',
  'e',
  'x',
  'b',
  'k',
  'f',
  'a',
  'q',
  'no-pager',
  'no-hostname',
  'all',
  'utc',
  'boot',
  'quiet',
];

/** Reads the journal; whoever is neither root nor of a group that may gets told so, as on a real host. */
export const journalctl: HostCommand = {
  names: ['journalctl'],
  run(args, { host, actor }) {
    const { flags } = readFlags(
      args.map((arg) => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg)),
      valued,
    );
    const strange = [...flags.keys()].find((flag) => !known.includes(flag));
    if (strange !== undefined) return failed(`journalctl: option '${strange}' is not modelled on this host`);
    const value = (short: string, long: string) => flags.get(short) ?? flags.get(long);
    const output = value('o', 'output') ?? 'short';
    if (!outputs.includes(output)) return failed(`journalctl: output mode '${output}' is not modelled on this host`);
    if (actor.uid !== 0 && !actor.gids.some((gid) => readers.includes(gid)))
      return failed('No journal files were opened due to insufficient permissions.');
    const now = host.ports.clock.now();
    const [since, until] = [value('S', 'since'), value('U', 'until')].map((text) =>
      text === undefined ? undefined : readTime(text, now),
    );
    const unit = value('u', 'unit')?.replace(/\.service$/, '');
    const says = grepOf(value('g', 'grep'));
    if (says === undefined) return failed(`Bad pattern "${value('g', 'grep')}"`);
    const wanted = (entry: JournalEntry) =>
      (since === undefined || entry.time >= since) &&
      (until === undefined || entry.time <= until) &&
      (unit === undefined || unitOf(entry.program) === unit) &&
      (value('t', 'identifier') === undefined || nameOf(entry.program) === value('t', 'identifier')) &&
      (!flags.has('k') || nameOf(entry.program) === 'kernel') &&
      says(entry.text);
    let entries = journalOf(host).filter(wanted);
    const follows = flags.has('f');
    const lines = value('n', 'lines') ?? (flags.has('e') ? '1000' : follows ? '10' : undefined);
    if (lines !== undefined && lines !== 'all') entries = entries.slice(-Number(lines || 10));
    if (flags.has('r') || flags.has('reverse')) entries = entries.toReversed();
    if (entries.length === 0) return printed('-- No entries --\n');
    const hostname = host.spec.hostname;
    const text = entries.map((entry) => `${lineOf(entry, output, hostname)}\n`).join('');
    if (!follows) return printed(text);
    return { ...failed('journalctl: following is not modelled on this host: these are the last lines'), stdout: text };
  },
};

const outputs = ['short', 'short-iso', 'short-unix', 'cat'];

/** adm, wheel, systemd-journal. */
const readers = [4, 10, 190];

/** Without capitals, case does not count. An engine of linear time, because anybody on the host may ask. */
function grepOf(pattern: string | undefined): ((text: string) => boolean) | undefined {
  if (pattern === undefined) return () => true;
  try {
    const compiled = RE2JS.compile(pattern, /[A-Z]/.test(pattern) ? 0 : RE2JS.CASE_INSENSITIVE);
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}

function lineOf({ time, program, text }: JournalEntry, output: string, hostname: string): string {
  if (output === 'cat') return text;
  const at = { short: stamp(time, '0'), 'short-iso': `${new Date(time).toISOString().slice(0, 19)}+0000` }[output];
  return `${at ?? `${(time / 1000).toFixed(6)}`} ${hostname} ${program}: ${text}`;
}

export function nameOf(program: string): string {
  return program.replace(/\[\d+\]$/, '');
}

/** The service whose process logged: a session's own processes are not the service's. */
export function unitOf(program: string): string | undefined {
  const name = nameOf(program);
  return { CROND: 'crond', rsyslogd: 'rsyslog', useradd: undefined, sudo: undefined, kernel: undefined, ...own }[name];
}

const own: Readonly<Record<string, string>> = Object.fromEntries(
  ['sshd', 'crond', 'awslogs', 'awslogsd', 'amazon-ssm-agent', 'amazon-cloudwatch-agent', 'cloud-init'].map((name) => [
    name,
    name,
  ]),
);
