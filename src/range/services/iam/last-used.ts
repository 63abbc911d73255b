import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import { accessKeys } from '../../indexes.ts';
import type { ReadScope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { lookupScanMax } from '../cloudtrail/limits.ts';
import { newestRecords, regionsWithRecords } from '../cloudtrail/records.ts';

interface Use {
  readonly time: number;
  /** `s3`. */
  readonly service: string;
  readonly region: string;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html */
export const GetAccessKeyLastUsed = operation<{ readonly AccessKeyId: string }>({
  handle({ AccessKeyId: id }, call) {
    const caller = accessKeys.get(call.tx, id)?.caller;
    if (caller?.kind !== 'user' || caller.account !== call.account) {
      throw new AwsError('NoSuchEntity', `The Access Key with id ${id} cannot be found.`, { status: 404 });
    }
    const use = lastUsed(id, call);
    return {
      UserName: caller.userName,
      AccessKeyLastUsed: {
        ...(use === undefined ? {} : { LastUsedDate: new Date(use.time) }),
        ServiceName: use?.service ?? 'N/A',
        Region: use?.region ?? 'N/A',
      },
    };
  },
});

/** The newest call with an access key, as CloudTrail has it: nothing is kept at each call for a question that is rare. */
export function lastUsed(accessKeyId: string, scope: ReadScope): Use | undefined {
  let last: Use | undefined;
  for (const region of regionsWithRecords(scope)) {
    let seen = 0;
    for (const { time, record } of newestRecords({ ...scope, region }, undefined)) {
      if (seen++ === lookupScanMax || (last !== undefined && time <= last.time)) break;
      if ((record['userIdentity'] as JsonObject)['accessKeyId'] !== accessKeyId) continue;
      const service = String(record['eventSource']).replace(/\.amazonaws\.com$/, '');
      last = { time, service, region };
      break;
    }
  }
  return last;
}
