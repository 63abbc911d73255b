import { globOf } from '../../../glob.ts';

/** An argument of `aws s3`: a place of a bucket, or of the disk. */
export type Place =
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string; readonly text: string }
  | { readonly kind: 'disk'; readonly path: string; readonly text: string };

export function placeOf(text: string): Place {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(text) ?? [];
  return text.startsWith('s3://') ? { kind: 's3', bucket, key, text } : { kind: 'disk', path: text, text };
}

/** Whether `--exclude` and `--include`, the last one that matches, leave a name in. */
export function selected(
  name: string,
  filters: readonly { readonly include: boolean; readonly pattern: string }[],
): boolean {
  let kept = true;
  for (const { include, pattern } of filters) if (globOf(pattern, { plain: true })(name)) kept = include;
  return kept;
}

/** As the CLI guesses it from the name. Unknown ones are sent without a type. */
export function contentTypeOf(name: string): string | undefined {
  return types[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  gz: 'application/gzip',
  htm: 'text/html',
  html: 'text/html',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  py: 'text/x-python',
  sh: 'application/x-sh',
  svg: 'image/svg+xml',
  tar: 'application/x-tar',
  txt: 'text/plain',
  xml: 'text/xml',
  zip: 'application/zip',
};
