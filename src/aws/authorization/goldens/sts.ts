// A table: what calls of sts need, compared by hand with the service's page of the Service Authorization Reference.
import type { Golden } from './golden.ts';

export const sts: readonly Golden[] = [
  ['GetCallerIdentity', {}],
  ['GetSessionToken', {}],
  [
    'AssumeRole',
    { RoleArn: 'arn:aws:iam::111122223333:role/r', RoleSessionName: 's', ExternalId: 'e' },
    'sts:AssumeRole arn:aws:iam::$:role/r sts:ExternalId=e sts:RoleSessionName=s',
  ],
  [
    'AssumeRole',
    {
      RoleArn: 'arn:aws:iam::111122223333:role/r',
      RoleSessionName: 's',
      Tags: [{ Key: 'team', Value: 'red' }],
      TransitiveTagKeys: ['team'],
      SourceIdentity: 'ann',
    },
    'sts:AssumeRole arn:aws:iam::$:role/r sts:RoleSessionName=s sts:SourceIdentity=ann sts:TransitiveTagKeys=team aws:RequestTag/team=red aws:TagKeys=team',
    'sts:TagSession arn:aws:iam::$:role/r sts:TransitiveTagKeys=team sts:RoleSessionName=s aws:RequestTag/team=red aws:TagKeys=team',
    'sts:SetSourceIdentity arn:aws:iam::$:role/r sts:SourceIdentity=ann sts:RoleSessionName=s',
  ],
  ['GetFederationToken', { Name: 'fed' }, 'sts:GetFederationToken arn:aws:sts::$:federated-user/fed'],
  [
    'GetFederationToken',
    { Name: 'fed', Tags: [{ Key: 'team', Value: 'red' }] },
    'sts:GetFederationToken arn:aws:sts::$:federated-user/fed aws:RequestTag/team=red aws:TagKeys=team',
    'sts:TagSession arn:aws:sts::$:federated-user/fed aws:RequestTag/team=red aws:TagKeys=team',
  ],
  [
    'AssumeRoleWithWebIdentity',
    { RoleArn: 'arn:aws:iam::111122223333:role/r', RoleSessionName: 's', WebIdentityToken: 't' },
    'sts:AssumeRoleWithWebIdentity arn:aws:iam::$:role/r sts:RoleSessionName=s',
  ],
  [
    'AssumeRoleWithSAML',
    {
      RoleArn: 'arn:aws:iam::111122223333:role/r',
      PrincipalArn: 'arn:aws:iam::111122223333:saml-provider/x',
      SAMLAssertion: 't',
    },
    'sts:AssumeRoleWithSAML arn:aws:iam::$:role/r',
  ],
  ['GetAccessKeyInfo', { AccessKeyId: 'AKIA' }, 'sts:GetAccessKeyInfo *'],
  ['DecodeAuthorizationMessage', { EncodedMessage: 'x' }, 'sts:DecodeAuthorizationMessage *'],
];
