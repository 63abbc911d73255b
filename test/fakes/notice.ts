/** A finding's notice as EventBridge delivers it, in GuardDuty's JSON. */
export function notice(
  type: string,
  more: { readonly resource?: object; readonly service?: object; readonly updatedAt?: string } = {},
) {
  return {
    version: '0',
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    detail: {
      id: 'f'.repeat(32),
      type,
      partition: 'aws',
      accountId: '111122223333',
      region: 'eu-west-1',
      severity: 5,
      updatedAt: more.updatedAt ?? '2026-01-05T00:50:00.000Z',
      resource: more.resource ?? {},
      service: { eventFirstSeen: '2026-01-05T00:40:00.000Z', resourceRole: 'TARGET', ...more.service },
    },
  };
}

export function sessionNotice(principalId = 'AROAEXAMPLE:i-0abc', updatedAt?: string) {
  return notice('UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom', {
    ...(updatedAt ? { updatedAt } : {}),
    resource: {
      resourceType: 'AccessKey',
      accessKeyDetails: { accessKeyId: 'ASIAX', principalId, userType: 'AssumedRole', userName: 'app' },
    },
  });
}
