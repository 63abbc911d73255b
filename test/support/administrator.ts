import { accountOf } from '../../src/range/caller.ts';
import { accessKeys } from '../../src/range/indexes.ts';
import type { LocalRange } from '../../src/run/local.ts';

/** Calls of the administrator in this process: no client's tokens or headers, so that the same seed leaves the same rows. */
export type Administrator = (
  call: string,
  input: Readonly<Record<string, unknown>>,
) => Promise<Record<string, unknown>>;

export function administratorOf(range: LocalRange): Administrator {
  const as = accessKeys.get(range.store, range.administrator.accessKeyId)?.caller;
  if (as === undefined) throw new Error('the range has no administrator');
  const whose = {
    as,
    account: accountOf(as),
    region: 'us-west-2',
    sourceIp: '203.0.113.10',
    userAgent: 'administrator',
  };
  return (call, input) => {
    const [service = '', operation = ''] = call.split('.');
    return range.clock.spawn(call, (task) => range.gateway.invoke(task)({ ...whose, service, operation, input }));
  };
}
