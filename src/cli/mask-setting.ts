/** Settings whose whole value is secret. */
const secretName = /PASSWORD|SECRET|TOKEN|(?:^|_)KEY$/;
/** Addresses that are secret from their path on: who knows one may post there. */
const secretPath = /WEBHOOK|ALERT|NTFY|SLACK/;
const secretParameter = /pass|key|token|secret|sig/i;

/** A setting's value as it may be shown and pasted into a bug report; null when it is not set. */
export function maskSetting(name: string, value: unknown): string | number | boolean | null | string[] {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.map((one) => String(maskSetting(name, one)));
  if (secretName.test(name)) return '(secret)';
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const [, prefix = '', text = ''] = /^(ntfy:)?(.*)$/s.exec(String(value)) ?? [];
  return /^[a-z][a-z\d+.-]*:\/\//i.test(text) && URL.canParse(text)
    ? prefix + maskUrl(new URL(text), secretPath.test(name))
    : prefix + text;
}

function maskUrl(url: URL, path: boolean): string {
  if (url.password !== '') url.password = '***';
  for (const [name] of url.searchParams) if (secretParameter.test(name)) url.searchParams.set(name, '***');
  if (path && url.pathname !== '/') return `${url.protocol}//${url.host}/***`;
  return url.href;
}
