import type { CommandContext, ExecResult } from 'just-bash';
import { failed, printed } from '../../../seat.ts';
import { Refused } from '../call.ts';
import { badChoice, CliError, misused, notModelled } from '../errors.ts';
import type { Session } from '../session.ts';
import { type Bucket, bucketOf } from './bucket.ts';
import { list } from './list.ts';
import { type Options, readOptions } from './options.ts';
import { placeOf } from './place.ts';
import { presigned } from './presigned.ts';
import { transfer } from './transfer.ts';

/** `aws s3`: files and folders instead of calls. https://docs.aws.amazon.com/cli/latest/reference/s3/ */
export async function s3(session: Session, args: readonly string[], context: CommandContext): Promise<ExecResult> {
  const [verb, ...rest] = args;
  if (verb === undefined) throw misused('aws: error: the following arguments are required: subcommand');
  if (verb === 'website') throw notModelled(`s3 ${verb}`);
  const options = readOptions(rest);
  const bucket = bucketOf(session, `s3.${verb}`);
  switch (verb) {
    case 'ls':
      return list(bucket, options);
    case 'presign':
      return presigned(session, options);
    case 'mb':
      return makeBucket(session, bucket, options);
    case 'rb':
      return removeBucket(bucket, options, context);
    case 'cp':
    case 'mv':
    case 'sync':
    case 'rm':
      return goBetween(verb, bucket, options, context);
    default:
      throw badChoice('subcommand', ['ls', 'website', 'cp', 'mv', 'rm', 'sync', 'mb', 'rb', 'presign']);
  }
}

const usages = {
  cp: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  mv: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  sync: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  rm: '<S3Uri>',
};

async function goBetween(
  verb: 'cp' | 'mv' | 'sync' | 'rm',
  s3Bucket: Bucket,
  options: Options,
  context: CommandContext,
): Promise<ExecResult> {
  const [from, to] = options.places.map(placeOf);
  if (from === undefined || (to === undefined) !== (verb === 'rm'))
    throw misused('aws: error: the following arguments are required: paths');
  if (from.kind === 'disk' && to?.kind !== 's3')
    throw new CliError(`\nusage: aws s3 ${verb} ${usages[verb]}\nError: Invalid argument type\n`, 252);
  return transfer({ verb, s3: s3Bucket, options, context }, from, to);
}

async function makeBucket(session: Session, s3Bucket: Bucket, { places }: Options): Promise<ExecResult> {
  const place = placeOf(places[0] ?? '');
  if (place.kind !== 's3') throw new CliError('\nusage: aws s3 mb <S3Uri>\nError: Invalid argument type\n', 252);
  const region = await session.region('s3');
  const where = region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
  return said('make_bucket', place.bucket, () => s3Bucket.call('CreateBucket', { Bucket: place.bucket, ...where }));
}

async function removeBucket(s3Bucket: Bucket, options: Options, context: CommandContext): Promise<ExecResult> {
  const place = placeOf(options.places[0] ?? '');
  if (place.kind !== 's3') throw new CliError('\nusage: aws s3 rb <S3Uri>\nError: Invalid argument type\n', 252);
  const emptied = options.values.has('force')
    ? await transfer(
        { verb: 'rm', s3: s3Bucket, context, options: { ...options, values: new Map([['recursive', '']]) } },
        place,
        undefined,
      )
    : printed('');
  if (emptied.exitCode !== 0) return emptied;
  const gone = await said('remove_bucket', place.bucket, () => s3Bucket.call('DeleteBucket', { Bucket: place.bucket }));
  return { ...gone, stdout: emptied.stdout + gone.stdout };
}

async function said(what: string, bucket: string, act: () => Promise<unknown>): Promise<ExecResult> {
  try {
    await act();
    return printed(`${what}: ${bucket}\n`);
  } catch (error) {
    if (error instanceof Refused) return failed(`${what} failed: s3://${bucket} ${error.message}`);
    throw error;
  }
}
