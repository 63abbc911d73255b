import { CloudTrailClient, UpdateTrailCommand } from '@aws-sdk/client-cloudtrail';
import { CreateThreatIntelSetCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import { cloudtrailExamples, type Documented } from './documented.ts';

export const ofWatching: Readonly<Record<string, Documented>> = {
  UpdateTrail: {
    page: cloudtrailExamples,
    by: 'user',
    make: ({ user }) =>
      new CloudTrailClient(user)
        .send(new UpdateTrailCommand({ Name: 'myTrail2', IsMultiRegionTrail: true }))
        .catch(() => undefined),
    request: { name: 'text', isMultiRegionTrail: 'boolean' },
    response: null,
    more: { errorCode: 'text', errorMessage: 'text' },
  },
  CreateThreatIntelSet: {
    page: 'https://docs.aws.amazon.com/guardduty/latest/ug/logging-using-cloudtrail.html',
    by: 'session',
    make: ({ session, detector }) =>
      new GuardDutyClient(session).send(
        new CreateThreatIntelSetCommand({
          DetectorId: detector,
          Name: 'Example',
          Format: 'TXT',
          Activate: false,
          Location: 'https://s3.amazonaws.com/lists/file.txt',
        }),
      ),
    // The SDK sends a token, which the console that AWS shows did not.
    request: {
      detectorId: 'text',
      name: 'text',
      format: 'text',
      activate: 'boolean',
      location: 'text',
      clientToken: 'text',
    },
    response: { threatIntelSetId: 'text' },
  },
};
