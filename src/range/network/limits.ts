/** Idle times by https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html */
export const trackingLimits = {
  connections: 200_000,
  /** Five days; instance types of the newest Nitro generation have 350 s, which this range does not model. */
  tcpIdleMs: 432_000_000,
  udpIdleMs: 30_000,
  /** A UDP flow with packets in both directions. */
  udpStreamIdleMs: 180_000,
  /** Stated for protocols other than TCP, UDP and ICMP; for ICMP AWS states none, we take a short one. */
  otherIdleMs: 30_000,
};

export const ledgerLimits = {
  /** How long a record of one flow collects before it is closed. */
  captureMs: 60_000,
  /** Open records; beyond it the capture is closed early, as AWS may do under load. */
  openRecords: 50_000,
  /** AWS: about five minutes to CloudWatch Logs, about ten to S3, after the aggregation interval. */
  deliveryLogsMs: 300_000,
  deliveryS3Ms: 600_000,
};
