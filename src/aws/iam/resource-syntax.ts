/**
 * What IAM says about a Resource that it does not accept in an identity policy (observed, not documented).
 * Form: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arnComplaint(resource: string): string | undefined {
  if (resource === '*') return undefined;
  const notAnArn = `Resource ${resource} must be in ARN format or "*".`;
  const parts = resource.split(':');
  const [scheme, partition = '', vendor = '', region, ...rest] = parts;
  if (scheme !== 'arn') return notAnArn;
  // `arn:*` and `arn:aws:s3*` end in a wildcard that stands for the parts that are not written.
  const isOpen = parts.length < 6 && resource.endsWith('*');
  if (!isOpen && !partitions.test(partition) && !/[*?]/.test(partition)) {
    return `Partition "${partition}" is not valid for resource "${padded(resource)}".`;
  }
  if (parts.length < 6 && !isOpen) return 'The policy failed legacy parsing';
  if (isOpen && parts.length < 4) return undefined;
  if (/[*?]/.test(vendor) && !isOpen) return 'Resource vendor must be fully qualified and cannot contain regexes.';
  const path = rest.slice(1).join(':');
  if (vendor === 'iam') return iamComplaint(resource, region, path);
  if (
    vendor === 's3' &&
    region !== '' &&
    region !== '*' &&
    !/^(accesspoint|job|storage-lens|access-grants)/.test(path)
  ) {
    return `Resource ${resource} can not contain region information.`;
  }
  return undefined;
}

const partitions = /^aws(-cn|-us-gov|-iso|-iso-b|-iso-e|-iso-f|-eusc)?$/;

function iamComplaint(resource: string, region: string | undefined, path: string): string | undefined {
  if (region !== '' && region !== '*') return `IAM resource ${resource} cannot contain region information.`;
  if (path === 'root' || /^[*?]/.test(path) || iamPaths.some((start) => path.startsWith(start))) return undefined;
  return `IAM resource path must either be "*" or start with ${iamPaths.slice(0, -1).join(', ')}, or ${iamPaths.at(-1)}.`;
}

const iamPaths = [
  ...['user/', 'federated-user/', 'role/', 'group/', 'instance-profile/', 'mfa/', 'server-certificate/', 'policy/'],
  ...['sms-mfa/', 'saml-provider/', 'oidc-provider/', 'report/', 'access-report/'],
];

/** AWS quotes the ARN with all its colons. */
function padded(resource: string): string {
  return resource + ':'.repeat(Math.max(0, 6 - resource.split(':').length));
}
