import type { Entry, Overrides } from '../table.ts';

const role = [['!', 'RoleArn']] as const;
const sessionTags: Entry = {
  a: 'sts:TagSession',
  if: 'Tags[]',
  r: role,
  k: { 'sts:TransitiveTagKeys': 'TransitiveTagKeys[]', 'sts:RoleSessionName': 'RoleSessionName' },
  t: 'Tags[]',
};
const sourceIdentity: Entry = {
  a: 'sts:SetSourceIdentity',
  if: 'SourceIdentity',
  r: role,
  k: { 'sts:SourceIdentity': 'SourceIdentity', 'sts:RoleSessionName': 'RoleSessionName' },
};
const claim = { from: 'state', why: 'A claim of the token or assertion, which the service reads.' } as const;
const absent = (what: string) => ({ from: 'absent', why: `${what} is not built.` }) as const;

export const sts: Overrides = {
  operations: {
    AssumeRole: {
      why: 'Session tags and a source identity are permissions of their own. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html and id_credentials_temp_control-access_monitor.html',
      adds: [sessionTags, sourceIdentity],
    },
    GetFederationToken: {
      why: 'Session tags need sts:TagSession. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html',
      adds: [
        { a: 'sts:TagSession', if: 'Tags[]', r: [['federated-user!', { FederatedUserName: 'Name' }]], t: 'Tags[]' },
      ],
    },
    DecodeAuthorizationMessage: {
      why: 'The API is called DecodeAuthorizationMessage, on no resource. https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html',
      change: { r: [] },
    },
  },
  keys: {
    'sts:RoleSessionName': { from: 'absent', why: 'AssumeRoleWithSAML takes the name from the assertion.' },
    'sts:SourceIdentity': claim,
    'sts:TransitiveTagKeys': claim,
    'aws:TagKeys': claim,
    'sts:RoleAuthorizedByIdp': claim,
    'sts:RequestContext/${ContextKey}': absent('A trusted context assertion'),
    'sts:RequestContextProviders': absent('A trusted context assertion'),
    'sts:TaskPolicyArn': absent('A root task'),
    'sts:IdentityTokenAudience': absent('Outbound federation'),
  },
};
