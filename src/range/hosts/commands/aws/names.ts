/** A member's or an operation's name as an option or a command: `DBInstanceARNs` is `db-instance-arns`. */
export function kebab(name: string): string {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const plural = /[A-Z]{2,}s$/.exec(name)?.[0];
  const whole = plural === undefined ? name : `${name.slice(0, -plural.length)}-${plural.toLowerCase()}`;
  const made = whole
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
  cache.set(name, made);
  return made;
}

const cache = new Map<string, string>();

/** Where the CLI's name of a service is not ours. */
const services: Readonly<Record<string, string>> = { s3api: 's3', configservice: 'config' };

export function serviceNamed(command: string): string {
  return services[command] ?? (command === 'config' ? '' : command);
}

/** These answer from one region whatever is configured. */
export const globalRegion: Readonly<Record<string, string>> = { iam: 'us-east-1', organizations: 'us-east-1' };
