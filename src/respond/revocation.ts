import type { Json, JsonObject } from '../model/json.ts';

/** What narrows a revocation, beside the date: nothing, or one session. */
export type Narrowing = { readonly [operator: string]: Json };

/**
 * The inline policy that refuses sessions issued before a date, as a list of statements: one a finding, whose Sid says
 * which, so that each can be taken back alone. Statements of others, the console's without a Sid too, stay as they are.
 */
export class RevocationPolicy {
  /** '' is no policy. */
  readonly document: string;
  readonly statements: readonly JsonObject[];

  constructor(document: string) {
    this.document = document;
    const { Statement: statement = [] } = document === '' ? {} : (JSON.parse(document) as JsonObject);
    this.statements = (Array.isArray(statement) ? statement : [statement]).filter(isObject);
  }

  /** The latest date before which every session of this kind is refused, '' if none is. */
  covered(only: Narrowing): string {
    const dates = this.statements.map((statement) => dateOf(statement, only)).filter((date) => date !== '');
    return dates.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? '';
  }

  has(sid: string): boolean {
    return this.statements.some(({ Sid }) => Sid === sid);
  }

  with(sid: string, before: string, only: Narrowing): string {
    const own = {
      Sid: sid,
      Effect: 'Deny',
      Action: ['*'],
      Resource: ['*'],
      Condition: { DateLessThan: { 'aws:TokenIssueTime': before }, ...only },
    };
    return documentOf([...this.#others(sid), own]);
  }

  /** '' when nothing is left, for a policy must say something. */
  without(sid: string): string {
    const others = this.#others(sid);
    return others.length === 0 ? '' : documentOf(others);
  }

  #others(sid: string): readonly JsonObject[] {
    return this.statements.filter(({ Sid }) => Sid !== sid);
  }
}

/** A Sid has letters and digits only. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
export function sidOf(findingId: string): string {
  return `Yagura${findingId.replaceAll(/[^0-9A-Za-z]/g, '')}`;
}

function dateOf({ Effect, Action, Resource, Condition }: JsonObject, only: Narrowing): string {
  if (Effect !== 'Deny' || !isAll(Action) || !isAll(Resource) || !isObject(Condition)) return '';
  const { DateLessThan: date, ...rest } = Condition;
  if (!isObject(date) || Object.keys(date).length !== 1 || JSON.stringify(rest) !== JSON.stringify(only)) return '';
  const [before] = [date['aws:TokenIssueTime']].flat();
  return typeof before === 'string' && !Number.isNaN(Date.parse(before)) ? before : '';
}

function isAll(value: Json | undefined): boolean {
  return [value].flat().includes('*');
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function documentOf(statements: readonly JsonObject[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
