/** Epoch milliseconds of a time as AWS's logs and their exports write it; without a zone it is UTC. NaN if it is none. */
export function timeOf(text: string): number {
  const match = form.exec(text);
  if (match === null) return Number.NaN;
  const [, date, clock, fraction, zone] = match;
  return Date.parse(`${date}T${clock}${fraction?.slice(0, 4) ?? ''}${zone ?? 'Z'}`);
}

const form = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;
