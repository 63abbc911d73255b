import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
import type { Place } from '../model/problem.ts';
import { JsonActivity } from './json-activity.ts';
import type { Taken } from './listed-batch.ts';
import { namedFields, type TextSource } from './text-source.ts';
import { timeOf } from './time.ts';

/**
 * Standard logs of CloudFront: tabs, with a header that names the fields.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export const cloudfront: TextSource = {
  tells: (line) => /^#Version: ?1\.0|^#Fields: ?date time x-edge-location/.test(line),
  open() {
    let names: readonly string[] | undefined;
    return (line, place) => {
      const [, header] = /^#Fields: ?(.*)$/.exec(line) ?? [];
      if (header !== undefined) names = header.trim().split(/\s+/);
      if (line.startsWith('#')) return undefined;
      return names === undefined ? headless(place) : activityOf(line, names, place);
    };
  },
};

function activityOf(line: string, names: readonly string[], place: Place): Taken {
  const values = line.split('\t');
  const fields = namedFields(names, values);
  const time = timeOf(`${fields['date']}T${fields['time']}Z`);
  if (values.length !== names.length || Number.isNaN(time)) {
    const reason = `${values.length} fields; expected the ${names.length} of the header, with a date and a time`;
    return { place, code: 'cloudfront-line', reason };
  }
  const status = fields['sc-status'] ?? '';
  const id = derivedId(['cloudfront', fields['x-edge-request-id'] ?? line]);
  const head = { kind: 'http-request', id, time, account: '', region: '', source: 'cloudfront', place } as const;
  const said = { name: fields['cs-method'] ?? '', principal: '', address: addressOf(fields['c-ip'] ?? '') };
  return new JsonActivity({ ...head, ...said, error: status >= '400' ? status : '' }, fields);
}

function headless(place: Place): Taken {
  return { place, code: 'cloudfront-header', reason: 'a line before the header; expected #Fields: first' };
}
