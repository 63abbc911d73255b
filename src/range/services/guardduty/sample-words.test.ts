import { expect, test } from 'vitest';
import { findingTypes } from '../../../aws/findings/guardduty-types.ts';
import { guardDutyPort } from '../../../run/defence.ts';
import { sampleWords } from './sample-words.ts';

/** What a table's reader writes for himself: asides, alternatives by a slash, clauses after a semicolon. */
const notes = /\(|;|\w\/\w/;

test.each([...findingTypes.values()])('$type reads as a finding does', (type) => {
  const { title, description } = sampleWords(type, guardDutyPort.titleOf(type.type), '198.51.100.0');
  expect(title.en).toMatch(/^\[SAMPLE\] [A-Z].*[^.]\.$/);
  expect(description.en).toMatch(/^[A-Z].*\.$/);
  expect(type.meaning).not.toMatch(notes);
  expect(description.en).not.toMatch(/sample| {2}|\.\./i);
  expect(description.ja).toMatch(/[。]$/);
});
