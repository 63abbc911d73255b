import { addressOf } from '../../aws/address.ts';
import type { Flow } from '../../model/activity.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Place, Problem } from '../../model/problem.ts';
import { type Given, JsonActivity, numberOf } from '../json-activity.ts';
import { Spare } from '../spare.ts';
import { FlowNumbers, idOf } from './flow-numbers.ts';
import { columnsOf, FlowScanner, type SpareNumbers, scannedFields } from './scanner.ts';

/** One flow record by field name, as a line or a Parquet row gave it. `-` is absent. */
export function flowActivity(record: JsonObject, place: Place): JsonActivity | Problem {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(record)) {
    if (value !== '-' && (typeof value === 'string' || typeof value === 'number')) fields[name] = String(value);
  }
  const start = numberOf(fields['start']);
  const action = fields['action'];
  if (start === undefined || action === undefined) return incomplete(record, place);
  const flow = numbersOf(fields);
  if (flow === undefined) return incomplete(record, place);
  const given = {
    kind: 'network-flow',
    id: idOf(flow.fingerprint),
    time: start * 1000,
    account: fields['account-id'] ?? '',
    region: fields['region'] ?? '',
    source: 'vpc-flow',
    name: action,
    principal: '',
    address: addressOf(fields['srcaddr'] ?? ''),
    error: '',
    place,
  } as const;
  return new FlowRecord(given, fields, flow);
}

class FlowRecord extends JsonActivity {
  readonly flow: Flow;

  constructor(given: Given, fields: JsonObject, flow: FlowNumbers) {
    super(given, fields, flow.fingerprint);
    this.flow = flow;
  }
}

let scanner: FlowScanner | undefined;
const columns = columnsOf(scannedFields);
const newMemory: SpareNumbers = new Spare((length) => new Float64Array(length));

/** The same numbers that a line of the same fields has. */
function numbersOf(fields: Readonly<Record<string, string>>): FlowNumbers | undefined {
  scanner ??= new FlowScanner();
  const line = scannedFields.map((name) => fields[name]?.replace(/\s/g, '_') || '-').join(' ');
  const bytes = Buffer.from(`${line}\n`);
  if (scanner.over(columns, bytes, 0, bytes.length, () => undefined).size === 0) return undefined;
  const flow = new FlowNumbers();
  flow.move(scanner.rows(newMemory), 0);
  return flow;
}

function incomplete(record: JsonObject, place: Place): Problem {
  const wrong = typeof record['action'] === 'string' && record['action'] !== '-' ? 'start' : 'action';
  const value = JSON.stringify(record[wrong]) ?? 'absent';
  return { place, code: 'flow-incomplete', reason: `${wrong} is ${value}; expected a flow record with data` };
}
