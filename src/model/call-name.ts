/** A call's name without its version date: records have `CreateFunction20150331` and `CreateInvalidation2020_05_31`. */
export function undated(eventName: string): string {
  return eventName.replace(/20\d{2}_?\d{2}_?\d{2}(_?v\d+)?$/, '');
}
