import {
  CreateFilterCommand,
  DeleteFilterCommand,
  GetFilterCommand,
  GetFindingsStatisticsCommand,
  ListFiltersCommand,
  ListFindingsCommand,
  UpdateFilterCommand,
} from '@aws-sdk/client-guardduty';
import { expect, test } from 'vitest';
import { attempt, found, stealth, watchedRange } from '../support/watched-range.ts';

test('a filter that archives suppresses what comes after it, and keeps it one finding', async () => {
  const { guardduty, iam, DetectorId } = await watchedRange();
  const FindingCriteria = { Criterion: { type: { Equals: [stealth] } } };
  await guardduty.send(new CreateFilterCommand({ DetectorId, Name: 'known', Action: 'ARCHIVE', FindingCriteria }));
  await attempt(iam);
  await attempt(iam);
  expect(await found(guardduty, DetectorId)).toEqual([]);
  expect(await found(guardduty, DetectorId, 'true')).toEqual([`${stealth} x2`]);
});

test('a filter is read, changed, listed and deleted', async () => {
  const { guardduty, DetectorId } = await watchedRange();
  const FindingCriteria = { Criterion: { severity: { GreaterThanOrEqual: 4 }, type: { NotEquals: ['a:b/c'] } } };
  await guardduty.send(new CreateFilterCommand({ DetectorId, Name: 'grave', FindingCriteria }));
  const FilterName = 'grave';
  const read = () => guardduty.send(new GetFilterCommand({ DetectorId, FilterName }));
  expect(await read()).toMatchObject({ Name: 'grave', Action: 'NOOP', Rank: 1, FindingCriteria });
  await guardduty.send(new UpdateFilterCommand({ DetectorId, FilterName, Action: 'ARCHIVE', Description: 'why' }));
  expect(await read()).toMatchObject({ Action: 'ARCHIVE', Description: 'why', FindingCriteria });
  await expect(
    guardduty.send(new CreateFilterCommand({ DetectorId, Name: 'grave', FindingCriteria })),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
  await guardduty.send(new CreateFilterCommand({ DetectorId, Name: 'other', FindingCriteria }));
  const page = await guardduty.send(new ListFiltersCommand({ DetectorId, MaxResults: 1 }));
  const rest = await guardduty.send(new ListFiltersCommand({ DetectorId, NextToken: page.NextToken }));
  expect([page.FilterNames, rest.FilterNames]).toEqual([['grave'], ['other']]);
  await guardduty.send(new DeleteFilterCommand({ DetectorId, FilterName }));
  await expect(read()).rejects.toMatchObject({ name: 'BadRequestException' });
});

test('a criterion that no finding can meet is refused, where an empty list would read as all well', async () => {
  const { guardduty, DetectorId } = await watchedRange();
  const said = (parameter: string) =>
    `The request is rejected because the parameter ${parameter} has an invalid value.`;
  const wrong = { Criterion: { severtiy: { Equals: ['8'] } } };
  const illTyped = { Criterion: { severity: { Equals: ['high'] } } };
  for (const FindingCriteria of [wrong, illTyped]) {
    for (const command of [
      new ListFindingsCommand({ DetectorId, FindingCriteria }),
      new GetFindingsStatisticsCommand({ DetectorId, FindingCriteria, GroupBy: 'SEVERITY' }),
      new CreateFilterCommand({ DetectorId, Name: 'none', FindingCriteria }),
    ]) {
      await expect(guardduty.send(command as ListFindingsCommand)).rejects.toMatchObject({
        name: 'BadRequestException',
        message: said('findingCriteria'),
      });
    }
  }
  await expect(
    guardduty.send(new ListFindingsCommand({ DetectorId, SortCriteria: { AttributeName: 'colour' } })),
  ).rejects.toThrow(said('sortCriteria'));
});
