/** Temporary credentials, as SDK clients take them. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * The first temporary credentials in a text that an attacker may have got hold of: a script's exports, a profile of
 * the command line, or what the metadata service answers.
 */
export function keysIn(text: string): Keys | undefined {
  const [accessKeyId, secretAccessKey, sessionToken] = [
    namedIn('access_?key_?id', text),
    namedIn('secret_?access_?key', text),
    namedIn('(?:session_?)?token', text),
  ];
  if (!accessKeyId || !secretAccessKey || !sessionToken) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** `AWS_NAME=value`, `aws_name = value`, `"Name" : "value"`. */
function namedIn(name: string, text: string): string | undefined {
  return new RegExp(`(?<![a-z0-9])(?:aws_)?${name}"?[ \\t]*[:=][ \\t]*["']?([A-Za-z0-9+/=_-]+)`, 'i').exec(text)?.[1];
}
