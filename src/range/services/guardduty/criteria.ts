import type { Condition, Criteria } from '../../../findings/criteria.ts';
import type { Shape } from '../../wire/plan.ts';
import type { Wire } from '../../wire/wire.ts';
import { invalid } from './errors.ts';
import { limits } from './limits.ts';

/** What a criterion's field holds; undefined: no finding has such a field. */
export type FieldOf = (path: string) => 'text' | 'number' | 'flag' | 'time' | undefined;

/** The fields of findings, as the API's model has them. */
export function findingFields(wire: Pick<Wire, 'operation'>): FieldOf {
  return (path) => {
    // A text that holds JSON: the model does not say what of.
    if (/^service\.additionalInfo\.\w+$/.test(path)) return 'text';
    const answer = wire.operation('guardduty', 'GetFindings')?.output?.shape;
    const findings = answer?.members.find(({ name }) => name === 'Findings')?.shape;
    let at: Shape | undefined = findings?.item?.shape;
    for (const part of path.split('.')) {
      at = at?.byWireName.get(part)?.shape;
      while (at?.type === 'list') at = at.item?.shape;
      if (at?.type === 'map') return 'text';
    }
    return at === undefined ? undefined : kindOf(at, path);
  };
}

function kindOf({ type }: Shape, path: string): ReturnType<FieldOf> {
  switch (type) {
    case 'structure':
      return undefined;
    case 'boolean':
      return 'flag';
    case 'integer':
    case 'long':
    case 'double':
    case 'float':
      return 'number';
    case 'timestamp':
      return 'time';
    default:
      return /(At|Time|FirstSeen|LastSeen)$/.test(path) ? 'time' : 'text';
  }
}

/**
 * The criteria of a call, checked: every field is a finding's, every value one that it can have. Patterns are for
 * filters alone. https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Condition.html
 */
export function checkedCriteria(
  given: { readonly Criterion?: Criteria } | undefined,
  fieldOf: FieldOf,
  { patterns }: { readonly patterns: boolean },
): Criteria | undefined {
  const criteria = given?.Criterion;
  for (const [path, condition] of Object.entries(criteria ?? {})) {
    const field = fieldOf(path);
    if (field === undefined || !isAnswerable(condition, field, patterns)) throw invalid('findingCriteria');
  }
  return criteria;
}

function isAnswerable(condition: Condition, field: NonNullable<ReturnType<FieldOf>>, patterns: boolean): boolean {
  const operators = Object.entries(condition).filter(([, wanted]) => wanted !== undefined && wanted !== null);
  return operators.every(([operator, wanted]) => {
    if (/than|^[gl]te?$/i.test(operator)) return field === 'number' || field === 'time';
    if (/matches$/i.test(operator) && !(patterns && field === 'text')) return false;
    const values: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
    return values.length <= limits.criterionValues && values.every((value) => canBe[field].test(String(value)));
  });
}

const canBe = {
  text: /^/,
  number: /^-?\d+(\.\d+)?$/,
  flag: /^(true|false)$/,
  time: /^(\d+$|\d{4}-\d{2}-\d{2}T)/,
} as const;
