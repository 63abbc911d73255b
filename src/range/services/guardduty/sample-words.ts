import type { FindingType } from '../../../aws/findings/guardduty-types.ts';
import type { Words } from '../../../model/words.ts';

/** What a sample says: its title as findings of the type have it where one is known, and what it claims to have seen. */
export function sampleWords(
  { type, resourceType, meaning }: FindingType,
  title: Words | undefined,
  remote: string,
): { readonly title: Words; readonly description: Words } {
  const sentence = `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}`;
  const about = subjects[resourceType];
  return {
    title: { en: `[SAMPLE] ${title?.en ?? sentence}.`, ja: `[SAMPLE] ${title?.ja ?? type}` },
    description: {
      en: about === undefined ? `${sentence}.` : `${sentence}. ${about(remote).en}`,
      ja: `${title?.ja ?? `${type} のサンプルです`}。${about?.(remote).ja ?? ''}`,
    },
  };
}

/** By the type of the resource: which of the made-up ones it is about. */
const subjects: Readonly<Record<string, (remote: string) => Words>> = {
  AccessKey: (remote) => ({
    en: `API GeneratedFindingAPIName was called by GeneratedFindingUserName from ${remote}.`,
    ja: `GeneratedFindingUserName が ${remote} から API GeneratedFindingAPIName を呼び出しました。`,
  }),
  S3Bucket: (remote) => ({
    en: `API GeneratedFindingAPIName was called on the bucket bucketName from ${remote}.`,
    ja: `バケット bucketName に対する API GeneratedFindingAPIName が ${remote} から呼び出されました。`,
  }),
  Instance: (remote) => ({
    en: `The instance is i-99999999, the remote address ${remote}.`,
    ja: `インスタンスは i-99999999、相手のアドレスは ${remote} です。`,
  }),
  Lambda: () => ({
    en: 'The function is GeneratedFindingLambdaFunctionName.',
    ja: '関数は GeneratedFindingLambdaFunctionName です。',
  }),
};
