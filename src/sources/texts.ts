import { alb, classicBalancer } from './alb.ts';
import { auth } from './auth.ts';
import { cloudfront } from './cloudfront.ts';
import { s3Access } from './s3-access.ts';
import type { TextSource } from './text-source.ts';

/** Logs of text lines. The loosest comes last. */
export const texts: readonly TextSource[] = [s3Access, alb, classicBalancer, cloudfront, auth];
