/** Bodies up to this many bytes lie in the store beside their object; larger ones are blobs. */
export const inlineBodyBytesMax = 16_384;
/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const pageSizeMax = 1_000;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const keyBytesMax = 1_024;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const partBytesMin = 5 * 1_024 * 1_024;
export const partNumberMax = 10_000;
export const singlePutBytesMax = 5 * 1_024 ** 3;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
export const userMetadataBytesMax = 2_048;
export const policyBytesMax = 20_480;
export const objectTagsMax = 10;
export const bucketTagsMax = 50;
/** Accounts whose canonical user ids are kept. */
export const accountsKeptMax = 1_000;
