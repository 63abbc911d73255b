/** `${Name}`, `${Resource.Attribute}` and the literal `${!Name}` of Fn::Sub. */
export type SubPart = { readonly text: string } | { readonly name: string };

export function subParts(template: string): readonly SubPart[] {
  const parts: SubPart[] = [];
  let from = 0;
  for (const match of template.matchAll(/\$\{([^{}$]*)\}/g)) {
    if (match.index > from) parts.push({ text: template.slice(from, match.index) });
    const name = (match[1] ?? '').trim();
    parts.push(name.startsWith('!') ? { text: `\${${name.slice(1)}}` } : { name });
    from = match.index + match[0].length;
  }
  if (from < template.length) parts.push({ text: template.slice(from) });
  return parts;
}
