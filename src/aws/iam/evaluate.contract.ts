// What the tables of requests, and of what AWS decides about them, are written with.
import { expect } from 'vitest';
import { answerLine } from './lines.ts';

export const account = '111122223333';
export const other = '444455556666';
export const user = `arn:aws:iam::${account}:user/alice`;
export const role = `arn:aws:iam::${account}:role/app/worker`;
export const session = `arn:aws:sts::${account}:assumed-role/worker/s1`;
export const federated = `arn:aws:sts::${account}:federated-user/bob`;
export const root = `arn:aws:iam::${account}:root`;
export const object = 'arn:aws:s3:::bucket/key';

export type Document = Record<string, unknown>;
export const of = (...Statement: Document[]): Document => ({ Version: '2012-10-17', Statement });
export const statement = (more: Document = {}): Document => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
export const allow = of(statement());
export const deny = of(statement({ Effect: 'Deny' }));
export const nothing = of(statement({ Action: 'sqs:*' }));
export const to = (Principal: unknown, more: Document = {}): Document => of(statement({ Principal, ...more }));

export type Row = readonly [name: string, question: Document, decision: string];

export const getObject = (more: Document) => ({ principal: user, action: 's3:GetObject', resource: object, ...more });

export function check(_name: string, question: Document, decision: string): void {
  expect(answerLine(JSON.stringify(question), 1)?.answer).toMatchObject({ decision });
}
