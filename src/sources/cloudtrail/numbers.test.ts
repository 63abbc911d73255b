import { expect, it } from 'vitest';
import { call } from '../../detect/examples.ts';
import { limits } from '../limits.ts';
import { callTrie } from './paths.ts';
import { CallReader, CallTools } from './reader.ts';

const perPiece = Math.ceil(limits.values / 5);

it('tells strangers apart however many there are, in pieces that wait too', () => {
  const reader = new CallReader(new CallTools(callTrie([])), 0);
  const pieces = [0, 1, 2, 3].map((piece) => {
    const lines = Array.from({ length: perPiece }, (_, index) => JSON.stringify(stranger(piece * perPiece + index)));
    return reader.read(Buffer.from(`${lines.join('\n')}\n`), false);
  });
  for (const [piece, batch] of pieces.entries()) {
    const isRight = Array.from({ length: perPiece }, (_, index) => {
      const { principal, address, name } = batch.at(index);
      const { by, from, operation } = strangeness(piece * perPiece + index);
      return principal.endsWith(`/${by}`) && address?.text === from && name === operation;
    });
    expect([batch.size, isRight.indexOf(false)]).toEqual([perPiece, -1]);
  }
});

it('has one situation for the same call in the same setting, until there are other numbers', () => {
  const reader = new CallReader(new CallTools(callTrie([])), 0);
  const read = (...records: readonly object[]) => {
    const batch = reader.read(Buffer.from(`${records.map((each) => JSON.stringify(each)).join('\n')}\n`), false);
    return records.map((_, index) => batch.at(index).situation);
  };
  const [first, other, again] = read(stranger(1), stranger(2), stranger(1));
  const [later] = read(stranger(1));
  expect([first === again, first === later, first === other]).toEqual([true, true, false]);
  read(...Array.from({ length: limits.values / 2 }, (_, index) => stranger(index)));
  const [last] = read(stranger(1));
  expect([last === first, first?.isOver, last?.isOver]).toEqual([false, true, false]);
  expect(last?.call).toBe(first?.call);
});

it('keeps apart what one record says of two things', () => {
  const { sourceIPAddress: _, ...base } = stranger(1);
  const record = { ...base, userAgent: 'eu-west-1', awsRegion: 'eu-west-1', errorCode: 'eu-west-1' };
  const row = new CallReader(new CallTools(callTrie([])), 0).read(Buffer.from(JSON.stringify(record)), true).at(0);
  expect([row.region, row.error, row.text('userAgent')]).toEqual(['eu-west-1', 'eu-west-1', 'eu-west-1']);
});

it('weighs what is known of strangers as long as they wait', () => {
  const weightOf = (numbers: readonly number[]) =>
    new CallReader(new CallTools(callTrie([])), 0).read(
      Buffer.from(numbers.map((number) => JSON.stringify(stranger(number))).join('\n')),
      true,
    ).weight ?? 0;
  const some = Array.from({ length: 100 }, (_, index) => 1_000 + index);
  expect(weightOf(some)).toBeGreaterThan(weightOf(some.map(() => 1_000)) + 100 * 1_024);
});

function stranger(number: number) {
  const { by, from, operation } = strangeness(number);
  return call(`s3:${operation}`, { by, from });
}

function strangeness(number: number) {
  const from = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  return { by: `user-${number}`, from, operation: `Get${number % 7}` };
}
