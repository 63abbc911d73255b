import { AwsError } from '../../../aws/error.ts';
import { blobDropping } from '../../drop-blob.ts';
import type { Preparation } from '../../operation.ts';
import { invalid, notBuilt } from './errors.ts';
import { unzippedBytesMax, zipBytesMax } from './limits.ts';
import type { Code } from './tables.ts';

export interface CodeInput {
  readonly ZipFile?: Uint8Array;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly S3ObjectVersion?: string;
  readonly ImageUri?: string;
  readonly SourceKMSKeyArn?: string;
}

/** Of functions that are gone or have other code. A run that began with it has unpacked it: it holds the clock until then. */
export const { drop: dropCode, consumer: codeDropping } = blobDropping('lambda.drop');

/** Takes the code in: from the request, or from S3 with the caller's own rights. */
export async function takeCode(input: CodeInput, preparation: Preparation): Promise<Code> {
  if (input.ImageUri !== undefined) throw notBuilt('a function from a container image');
  if (input.SourceKMSKeyArn !== undefined) throw notBuilt('code under a KMS key');
  if ((input.ZipFile === undefined) === (input.S3Bucket === undefined || input.S3Key === undefined)) {
    throw invalid('Please provide a source for function code.');
  }
  const zip = input.ZipFile ?? (await fromS3(input, preparation));
  checkZip(zip);
  const { file, size, sha256 } = await preparation.blobs.write(once(zip));
  return { blob: file, size, sha256 };
}

/** The record of the read shows the caller, through Lambda. */
async function fromS3(input: CodeInput, { call, invoke }: Preparation): Promise<Uint8Array> {
  try {
    const { Body } = await invoke({
      as: call.caller,
      account: call.account,
      region: call.region,
      service: 's3',
      operation: 'GetObject',
      input: {
        Bucket: input.S3Bucket,
        Key: input.S3Key,
        ...(input.S3ObjectVersion === undefined ? {} : { VersionId: input.S3ObjectVersion }),
      },
      via: 'lambda.amazonaws.com',
    });
    return await whole(Body);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === 'NotImplemented') throw error;
    throw refusedByS3(error);
  }
}

/** Observed, not documented. */
function refusedByS3(error: AwsError): AwsError {
  const said = `S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`;
  if (error.code !== 'AccessDenied') return invalid(`Error occurred while GetObject. ${said}`);
  const message = `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for the code. ${said}`;
  return new AwsError('AccessDeniedException', message, { status: 403 });
}

async function whole(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/** A zip has a directory at its end, whose entries say how large the files are. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function checkZip(bytes: Uint8Array): void {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (zip.length > zipBytesMax * 5) throw tooLarge();
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== endOfDirectory) end--;
  if (end < 0) throw noZip();
  let unzipped = 0;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== directoryEntry) throw noZip();
    unzipped += zip.readUInt32LE(at + 24);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  if (unzipped > unzippedBytesMax) throw tooLarge();
  if (unzipped === 0) throw invalid('Uploaded file must be a non-empty zip');
}

function noZip() {
  return invalid('Could not unzip uploaded file. Please check your file, then try to upload again.');
}

function tooLarge() {
  return invalid(`Unzipped size must be smaller than ${unzippedBytesMax} bytes`);
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}
