import { resolve } from '../../../disk/view.ts';
import { inputBytes } from '../../../seat.ts';
import { streamOf } from '../values.ts';
import { writeFacts } from './options.ts';
import { contentTypeOf, type Place } from './place.ts';
import type { Trip } from './transfer.ts';

/** https://docs.aws.amazon.com/cli/latest/topic/s3-config.html: multipart_threshold and multipart_chunksize. */
const partBytes = 8 * 1024 * 1024;

/** A file of 8 MB or more goes in parts, and nothing of it stays where a part is refused. */
export async function upload(trip: Trip, from: Place & { kind: 'disk' }, to: Place & { kind: 's3' }): Promise<void> {
  const { s3, context, options } = trip;
  const bytes =
    from.path === '-'
      ? Buffer.from(inputBytes(context), 'latin1')
      : s3.seat.disk.read(resolve(context.cwd, from.path), s3.seat.actor);
  const type = contentTypeOf(from.path);
  const place = { Bucket: to.bucket, Key: to.key };
  const facts = { ...(type === undefined ? {} : { ContentType: type }), ...writeFacts(options) };
  if (bytes.length < partBytes) {
    await s3.call('PutObject', { ...place, Body: streamOf(bytes), ContentLength: bytes.length, ...facts });
    return;
  }
  const { UploadId } = await s3.call('CreateMultipartUpload', { ...place, ...facts });
  try {
    const Parts: { PartNumber: number; ETag: unknown }[] = [];
    for (let at = 0; at < bytes.length; at += partBytes) {
      const part = bytes.subarray(at, at + partBytes);
      const PartNumber = Parts.length + 1;
      const sent = { ...place, UploadId, PartNumber, Body: streamOf(part), ContentLength: part.length };
      Parts.push({ PartNumber, ETag: (await s3.call('UploadPart', sent))['ETag'] });
    }
    await s3.call('CompleteMultipartUpload', { ...place, UploadId, MultipartUpload: { Parts } });
  } catch (error) {
    await s3.call('AbortMultipartUpload', { ...place, UploadId });
    throw error;
  }
}
