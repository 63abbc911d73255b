import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { type Attack, attempt } from '../attack.ts';

export const describeTrails: Attack = {
  slug: 'discovery/describe-trails',
  title: { en: 'Look for the trails', ja: '証跡を調査' },
  technique: 'T1526',
  foothold: 'profile',
  parameters: [],
  run: async ({ cloudtrail }) => [
    await attempt('cloudtrail:DescribeTrails', () => cloudtrail.send(new DescribeTrailsCommand({}))),
  ],
};
