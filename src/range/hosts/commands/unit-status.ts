import { journalOf, stamp } from '../journal.ts';
import type { Seat } from '../seat.ts';
import { descriptionOf, unitFile } from '../units.ts';
import { formatTime } from './date.ts';
import { unitOf } from './journalctl.ts';

/** What `systemctl status` prints of a unit, its last lines in the journal below. */
export function unitStatus({ host, disk }: Seat, unit: string): string {
  const running = host.units.active(unit);
  const path = unitFile(disk, unit) ?? '';
  const enabled = host.units.enabled(unit) ? 'enabled' : 'disabled';
  const now = host.ports.clock.now();
  const head = [
    `${running === undefined ? '○' : '●'} ${unit}.service - ${descriptionOf(disk, unit)}`,
    `     Loaded: loaded (${path}; ${enabled}; preset: enabled)`,
  ];
  const state =
    running === undefined
      ? ['     Active: inactive (dead)']
      : [
          `     Active: active (running) since ${formatTime(running.since, '%a %F %T UTC')}; ${ago(now - running.since)} ago`,
          `   Main PID: ${running.pid} (${unit})`,
        ];
  const lines = journalOf(host)
    .filter(({ program, text }) => unitOf(program) === unit || text.includes(` ${unit}.service`))
    .slice(-10)
    .map(({ time, program, text }) => `${stamp(time, '0')} ${host.spec.hostname} ${program}: ${text}`);
  return `${[...head, ...state, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n')}\n`;
}

/** `systemctl list-units`, services alone: the rest of systemd is not modelled. */
export function unitList({ host, disk }: Seat): string {
  const rows = host.units.all().map(([unit]) => [`${unit}.service`, descriptionOf(disk, unit)] as const);
  const width = Math.max(4, ...rows.map(([unit]) => unit.length));
  const lines = rows.map(([unit, text]) => `  ${unit.padEnd(width)} loaded active running ${text}`);
  const head = `  ${'UNIT'.padEnd(width)} LOAD   ACTIVE SUB     DESCRIPTION`;
  return `${[head, ...lines].join('\n')}\n\n${rows.length} loaded units listed.\n`;
}

/** `systemctl list-unit-files`. */
export function unitFiles({ host, disk }: Seat): string {
  const names = ['/etc/systemd/system', '/usr/lib/systemd/system'].flatMap((path) => {
    const folder = disk.find(path);
    return folder?.kind === 'folder' ? [...folder.entries.keys()].filter((name) => name.endsWith('.service')) : [];
  });
  const rows = [...new Set(names)].sort().map((name) => {
    const enabled = host.units.enabled(name.replace(/\.service$/, '')) ? 'enabled' : 'disabled';
    return `${name.padEnd(40)} ${enabled.padEnd(15)} enabled`;
  });
  return `${['UNIT FILE                                STATE           PRESET', ...rows].join('\n')}\n\n${rows.length} unit files listed.\n`;
}

function ago(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)} day${hours >= 48 ? 's' : ''}`;
  if (hours > 0) return `${hours}h ${minutes % 60}min`;
  return minutes > 0 ? `${minutes}min ${seconds % 60}s` : `${seconds}s`;
}
