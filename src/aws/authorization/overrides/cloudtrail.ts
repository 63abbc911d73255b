import type { Overrides } from '../table.ts';

export const cloudtrail: Overrides = {
  operations: {
    StartQuery: {
      why: 'The statement names the event data store; without Lake the caller cannot have one. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartQuery.html',
      change: { r: [['eventdatastore!', { EventDataStoreId: '*' }]], u: [] },
    },
    GetEventSelectors: {
      why: 'The trail is called TrailName here, by name or ARN. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html',
      change: { r: [['trail!', { TrailName: 'TrailName' }]], u: [] },
    },
    RemoveTags: {
      why: 'A tag is removed by its key. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_RemoveTags.html',
      change: { t: 'TagsList[].Key' },
    },
  },
  keys: {},
};
