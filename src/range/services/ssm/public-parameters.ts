import type { ReadScope } from '../../operation.ts';
import { imagesOf } from '../ec2/images.ts';
import type { ParameterRow } from './tables.ts';

/** Parameters that AWS publishes: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html */
export function publicParameters({ region }: Pick<ReadScope, 'region'>): readonly ParameterRow[] {
  return imagesOf(region).flatMap(({ id, createdAt, parameters }) =>
    parameters.map((name) => ({
      name,
      type: 'String' as const,
      dataType: 'aws:ec2:image',
      tags: {},
      versions: [{ number: 1, value: id, at: Date.parse(createdAt), by: '' }],
    })),
  );
}

export function isPublic(name: string): boolean {
  return name.startsWith('/aws/service/');
}
