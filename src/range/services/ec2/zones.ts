import { regions } from '../../../aws/regions.ts';
import { operation } from '../../operation.ts';
import { type Filter, filtered } from './describe.ts';

export function zonesOf(region: string): readonly string[] {
  return [...'abcdef'].slice(0, regions[region] ?? 3).map((letter) => region + letter);
}

/** `us-west-2a` -> `usw2-az1`. */
export function zoneId(zone: string): string {
  const [area = '', side = '', number = ''] = zone.slice(0, -1).split('-');
  const short = side
    .replace(/^(north|south)(east|west)$/, '$1-$2')
    .split('-')
    .map((part) => part[0])
    .join('');
  return `${area}${short}${number}-az${'abcdef'.indexOf(zone.at(-1) ?? 'a') + 1}`;
}

export const DescribeRegions = operation<{ RegionNames?: readonly string[]; Filters?: readonly Filter[] }>({
  handle(input) {
    const rows = Object.keys(regions)
      .filter((name) => input.RegionNames === undefined || input.RegionNames.includes(name))
      .map((name) => ({ RegionName: name, Endpoint: `ec2.${name}.amazonaws.com`, OptInStatus: 'opt-in-not-required' }));
    return {
      Regions: filtered(rows, input.Filters, (row) => ({
        'region-name': row.RegionName,
        endpoint: row.Endpoint,
        'opt-in-status': row.OptInStatus,
      })),
    };
  },
});

export const DescribeAvailabilityZones = operation<{ ZoneNames?: readonly string[]; Filters?: readonly Filter[] }>({
  handle(input, call) {
    const rows = zonesOf(call.region)
      .filter((name) => input.ZoneNames === undefined || input.ZoneNames.includes(name))
      .map((name) => ({
        State: 'available',
        OptInStatus: 'opt-in-not-required',
        Messages: [],
        RegionName: call.region,
        ZoneName: name,
        ZoneId: zoneId(name),
        GroupName: `${call.region}-zg-1`,
        NetworkBorderGroup: call.region,
        ZoneType: 'availability-zone',
      }));
    return {
      AvailabilityZones: filtered(rows, input.Filters, (row) => ({
        'zone-name': row.ZoneName,
        'zone-id': row.ZoneId,
        state: row.State,
        'region-name': row.RegionName,
        'zone-type': row.ZoneType,
        'opt-in-status': row.OptInStatus,
      })),
    };
  },
});
