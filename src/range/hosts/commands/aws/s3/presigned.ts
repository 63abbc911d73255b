import type { ExecResult } from 'just-bash';
import { presign } from '../../../../wire/sigv4/presign.ts';
import { createSigningKeys } from '../../../../wire/sigv4/signing-key.ts';
import { printed } from '../../../seat.ts';
import { CliError, misused } from '../errors.ts';
import type { Session } from '../session.ts';
import type { Options } from './options.ts';
import { placeOf } from './place.ts';

const hourS = 3600;

/** `aws s3 presign`: signs here, and calls nobody. https://docs.aws.amazon.com/cli/latest/reference/s3/presign.html */
export async function presigned(session: Session, { places, values }: Options): Promise<ExecResult> {
  const place = placeOf(places[0] ?? '');
  if (places.length !== 1 || place.kind !== 's3' || place.key === '')
    throw misused('aws: error: the following arguments are required: path');
  const credentials = await session.credentials();
  if (credentials === undefined)
    throw new CliError(
      '\nUnable to locate credentials. You can configure credentials by running "aws configure".\n',
      253,
    );
  const region = await session.region('s3');
  const expiresS = Number(values.get('expires-in') ?? hourS);
  if (!Number.isInteger(expiresS))
    throw misused(`aws: error: argument --expires-in: invalid int value: '${values.get('expires-in')}'`);
  // A name with a dot does not fit the certificate of a host name below s3's.
  const below = !place.bucket.includes('.');
  const endpoint = `s3.${region}.amazonaws.com`;
  const url = presign(
    {
      method: 'GET',
      host: below ? `${place.bucket}.${endpoint}` : endpoint,
      path: below ? `/${place.key}` : `/${place.bucket}/${place.key}`,
      region,
      credentials,
      time: session.seat.host.ports.clock.now(),
      expiresS,
    },
    createSigningKeys(),
  );
  return printed(`${url}\n`);
}
