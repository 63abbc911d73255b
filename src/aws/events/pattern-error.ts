import { AwsError } from '../error.ts';
import { quotedMax } from './limits.ts';

/** A pattern that EventBridge refuses, in its words, with the place of the complaint. */
export class PatternError extends AwsError {
  readonly reason: string;
  /** `detail.state[0].numeric`. */
  readonly path: string;

  constructor(reason: string, path: string, source: string, offset: number) {
    super('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason} at ${placed(source, offset)}`);
    this.reason = reason;
    this.path = path;
  }
}

function placed(source: string, offset: number): string {
  const before = source.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const rest = source.length - quotedMax;
  const quoted = rest > 0 ? `"${source.slice(0, quotedMax)}"[truncated ${rest} chars]` : `"${source}"`;
  return `[Source: (String)${quoted}; line: ${line}, column: ${column}]`;
}
