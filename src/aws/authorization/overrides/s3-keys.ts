import type { ServedKey } from '../table.ts';

const request = { from: 'request', why: 'How the request is signed and sent: serviceKeysOf.' } as const;
const state = (why: string) => ({ from: 'state', why }) as const;
const absent = (what: string) => ({ from: 'absent', why: `${what} is not built.` }) as const;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys */
export const s3Keys: Readonly<Record<string, ServedKey>> = {
  's3:authType': request,
  's3:signatureversion': request,
  's3:signatureAge': request,
  's3:TlsVersion': request,
  's3:x-amz-content-sha256': request,
  's3:ResourceAccount': state('The account that owns the bucket.'),
  's3:ExistingObjectTag/<key>': state('Tags of the object.'),
  's3:RequestObjectTag/<key>': request,
  's3:RequestObjectTagKeys': request,
  's3:AccessGrantsInstanceArn': absent('An access grants instance'),
  's3:AccessPointNetworkOrigin': absent('An access point'),
  's3:DataAccessPointAccount': absent('An access point'),
  's3:DataAccessPointArn': absent('An access point'),
  's3:AccessPointTag/${TagKey}': absent('An access point'),
  's3:InventoryAccessibleOptionalFields': absent('An inventory'),
  's3:isReplicationPauseRequest': absent('Replication'),
  's3:ReplicationTimeControl': absent('Replication'),
  's3:ObjectCreationOperation': absent('A conditional write of one operation'),
  's3:object-lock-remaining-retention-days': state('Retention of the object.'),
  's3:x-amz-object-annotation-directive': absent('An annotation'),
  's3:object-lock-event-hold': absent('An event hold'),
  's3:object-lock-event-hold-duration-days': absent('An event hold'),
  's3:object-lock-legal-hold': absent('A legal hold on a part of an upload'),
  's3:x-amz-grant-write': absent('A write grant on an object, which S3 refuses; it'),
  's3:x-amz-storage-class': absent('A storage class of an ACL'),
  's3:x-amz-bucket-namespace': absent('A bucket namespace'),
};
