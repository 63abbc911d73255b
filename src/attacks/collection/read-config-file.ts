import { GetObjectCommand } from '@aws-sdk/client-s3';
import { type Attack, attempt, parameterOf } from '../attack.ts';

export const readConfigFile: Attack = {
  slug: 'collection/read-config-file',
  title: { en: 'Read a configuration file', ja: '設定ファイルを読み取り' },
  technique: 'T1530',
  foothold: 'profile',
  parameters: ['Bucket', 'Key'],
  run: async ({ s3 }, parameters) => {
    const place = { Bucket: parameterOf(parameters, 'Bucket'), Key: parameterOf(parameters, 'Key') };
    const read = async () => (await s3.send(new GetObjectCommand(place))).Body?.transformToByteArray();
    return [await attempt('s3:GetObject', read)];
  },
};
