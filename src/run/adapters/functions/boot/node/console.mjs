import { formatWithOptions } from 'node:util';
import { onLambda, say } from './pipe.mjs';
import { clock, real } from './virtual-time.mjs';

/** Of the run that goes on. */
export const request = { id: '' };

const levels = { log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG', trace: 'TRACE' };
for (const [name, level] of Object.entries(levels)) {
  console[name] = (...parts) => log(level, onLambda(formatWithOptions({ colors: false }, ...parts)));
}
// By the same pipe as everything else, so that the order holds.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, encoding, done) => {
    const text = onLambda(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    for (const line of text.replace(/\n$/, '').split('\n')) say({ log: line });
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };
}

export function log(level, text) {
  say({ log: `${new real.Date(clock.now).toISOString()}\t${request.id}\t${level}\t${text}` });
}
