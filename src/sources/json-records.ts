import type { Json, JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { isJournal, journalActivity } from './auth.ts';
import type { Batch, Reader } from './batch.ts';
import { dnsActivity, isDns } from './dns.ts';
import { foreignFinding, isForeignFinding } from './foreign-finding.ts';
import { isObject } from './json-activity.ts';
import { limits } from './limits.ts';
import { LineReader } from './line-reader.ts';
import { ListedBatch, type Taken } from './listed-batch.ts';
import { isS3AccessRow, s3AccessRow } from './s3-access.ts';
import { isWaf, wafActivity } from './waf.ts';

/** Sources whose records are JSON and no API calls. */
const sources: readonly {
  readonly tells: (record: JsonObject) => boolean;
  readonly activity: (record: JsonObject, place: Place) => Taken;
}[] = [
  { tells: isDns, activity: dnsActivity },
  { tells: isWaf, activity: wafActivity },
  { tells: isJournal, activity: journalActivity },
  { tells: isForeignFinding, activity: foreignFinding },
  { tells: isS3AccessRow, activity: s3AccessRow },
];

/** What one record of these sources says; undefined when it is of none of them. */
export function otherActivity(record: JsonObject, place: Place): Taken {
  return sources.find(({ tells }) => tells(record))?.activity(record, place);
}

/** The reader of a file that begins so, or undefined when its records are none of these. */
export function jsonReader(head: string, file: number): Reader | undefined {
  if (isCloudTrail.test(head)) return undefined;
  const line = firstLine(head);
  if (line !== undefined) {
    const [first] = recordsOf(line);
    if (first === undefined || !isOther(first)) return undefined;
    return new LineReader(file, (text, place) => takenOf(parsed(text), place));
  }
  // Not one record a line: what is printed for people, or one line longer than a look.
  return isForeignHead(head) ? new WholeReader(file) : undefined;
}

/** False: more of the file may say another kind. */
export function isToldByFirstLine(head: string): boolean {
  return isCloudTrail.test(head) || (head.includes('\n') && firstLine(head) !== undefined);
}

/** CloudTrail's own files begin so: the rest of the look would be parsed for nothing. */
const isCloudTrail = /^[[{\s]*"(?:Records|eventVersion)"\s*:/;

function firstLine(head: string): Json | undefined {
  return parsed(head.slice(0, head.indexOf('\n') < 0 ? undefined : head.indexOf('\n')));
}

function isOther(record: JsonObject): boolean {
  return sources.some(({ tells }) => tells(record));
}

function isForeignHead(head: string): boolean {
  if (/"eventSource"|"eventVersion"/.test(head)) return false;
  return /"(?:ProductArn|classificationDetails)"\s*:|"[sS]chemaVersion"\s*:\s*"2\.0"|"webaclId"\s*:|"query_name"\s*:/.test(
    head,
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** One object, a list, an answer of an API (`Findings`), or an envelope of EventBridge around one or several. */
function recordsOf(json: Json): readonly JsonObject[] {
  if (Array.isArray(json)) return json.flatMap(recordsOf);
  if (!isObject(json)) return [];
  const inner = json['Findings'] ?? json['findings'] ?? ('detail-type' in json ? json['detail'] : undefined);
  return inner === undefined ? [json] : recordsOf(inner);
}

function* takenOf(json: Json | undefined, place: Place): Iterable<Taken> {
  const records = json === undefined ? [] : recordsOf(json);
  if (records.length === 0) {
    yield { place, code: 'record-not-an-object', reason: 'expected a JSON object, or a list of them' };
  }
  for (const record of records) yield isOther(record) ? otherActivity(record, place) : unknown(record, place);
}

function unknown(record: JsonObject, place: Place): Taken {
  const names = Object.keys(record).slice(0, 5).join(', ');
  return {
    place,
    code: 'record-unknown',
    reason: `a record with ${names}; expected one of the kind that the file began with`,
  };
}

/** A document of several lines is read when it is complete. */
class WholeReader implements Reader {
  readonly #file: number;
  #bytes: Buffer = Buffer.alloc(0);
  #tooLarge = false;

  constructor(file: number) {
    this.#file = file;
  }

  read(piece: Uint8Array, last: boolean): Batch {
    const batch = new ListedBatch();
    const place = { file: this.#file, offset: 0 };
    if (!this.#tooLarge) this.#bytes = Buffer.concat([this.#bytes, piece]);
    if (this.#bytes.length > limits.documentBytes) {
      this.#tooLarge = true;
      this.#bytes = Buffer.alloc(0);
      batch.take({
        place,
        code: 'document-too-large',
        reason: `more than ${limits.documentBytes} bytes in one document`,
      });
    }
    if (!last || this.#tooLarge) return batch;
    for (const taken of takenOf(parsed(this.#bytes.toString('utf8').replace(/^\ufeff/, '')), place)) batch.take(taken);
    return batch;
  }
}
