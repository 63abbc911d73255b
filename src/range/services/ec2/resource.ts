import { AwsError } from '../../../aws/error.ts';
import { ec2Places } from '../../indexes.ts';
import type { Call, ReadScope } from '../../operation.ts';
import { type Table, table } from '../../table.ts';

/** What every resource of EC2 has. */
export interface Row {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** One kind of resource: its rows, its ids, and EC2's words where there is none. */
export interface Kind<T extends Row> {
  readonly rows: Table<T>;
  /** `vpc`: ids are `vpc-...`. */
  readonly prefix: string;
  /** As in TagSpecifications and ARNs: `vpc`, `security-group`. */
  readonly type: string;
  readonly notFound: string;
  /** Its code for what is no id at all, where it has one. */
  readonly malformed?: string;
  /** `The vpc ID`, before the quoted id. */
  readonly words: string;
}

const kinds = new Map<string, Kind<Row>>();

export function kind<T extends Row>(facts: Omit<Kind<T>, 'rows'>): Kind<T> {
  const rows = table<T>('ec2', facts.type);
  const made: Kind<T> = {
    ...facts,
    rows: {
      ...rows,
      put(scope, id, row) {
        rows.put(scope, id, row);
        ec2Places.put(scope.tx, id, { account: scope.account, region: scope.region });
      },
      remove(scope, id) {
        rows.remove(scope, id);
        ec2Places.remove(scope.tx, id);
      },
    },
  };
  kinds.set(facts.prefix, made as unknown as Kind<Row>);
  return made;
}

/** The kind that an id names by its prefix; tags are put on whatever it is. */
export function kindOf(id: string): Kind<Row> | undefined {
  return kinds.get(id.slice(0, id.lastIndexOf('-')));
}

export function newId(call: Pick<Call, 'ids'>, of: { readonly prefix: string }): string {
  return `${of.prefix}-${call.ids.hex(17)}`;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export function refuse(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 400 });
}

export function notFound(of: Pick<Kind<Row>, 'notFound' | 'words'>, id: string): AwsError {
  return refuse(of.notFound, `${of.words} '${id}' does not exist`);
}

export function found<T extends Row>(of: Kind<T>, scope: ReadScope, id: string): T {
  const row = of.rows.get(scope, id);
  if (row === undefined) throw malformed(id, of) ?? notFound(of as unknown as Kind<Row>, id);
  return row;
}

/** Ids have eight or seventeen hex digits after their prefix; some kinds say so. */
function malformed(id: string, { prefix, malformed: code }: Pick<Kind<Row>, 'prefix' | 'malformed'>) {
  const isWellFormed = id.startsWith(`${prefix}-`) && /^([0-9a-f]{8}|[0-9a-f]{17})$/.test(id.slice(prefix.length + 1));
  return code === undefined || isWellFormed ? undefined : refuse(code, `Invalid id: "${id}"`);
}

export function* all<T extends Row>(of: Kind<T>, scope: ReadScope): Iterable<T> {
  for (const [, row] of of.rows.list(scope)) yield row;
}

export function inUse(what: string, id: string): AwsError {
  return refuse('DependencyViolation', `The ${what} '${id}' has dependencies and cannot be deleted.`);
}
