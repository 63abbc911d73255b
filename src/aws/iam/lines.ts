import type { Decision } from './decision.ts';
import { evaluate } from './evaluate.ts';
import { limits } from './limits.ts';
import { QuestionError, questionOf } from './question.ts';

/** A line that asks nothing that can be answered. */
export interface BadLine {
  readonly error: string;
  /** Counted from 1. */
  readonly line: number;
}

export interface LineResult {
  readonly answer: Decision | BadLine;
  /** `as expected` also where nothing was expected. */
  readonly verdict: 'as expected' | 'differs' | 'bad';
}

/** Answers one line of JSON; undefined for a blank one. */
export function answerLine(text: string, line: number): LineResult | undefined {
  if (text.trim() === '') return undefined;
  try {
    const { request, expect } = questionOf(parsed(text));
    const answer = evaluate(request);
    const isExpected = expect === undefined || expect === answer.decision;
    return { answer, verdict: isExpected ? 'as expected' : 'differs' };
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return { answer: { error: error.message, line }, verdict: 'bad' };
  }
}

function parsed(text: string): unknown {
  if (text.length > limits.lineCharsMax) {
    throw new QuestionError(`the line has ${text.length} characters; expected at most ${limits.lineCharsMax}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new QuestionError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
