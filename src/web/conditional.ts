/** What a cached answer is told apart by. */
export interface Validators {
  /** With quotes, `"…"`; a weak one starts with `W/`. */
  readonly etag: string;
  /** Whole seconds; undefined when it is not told. */
  readonly lastModified: Date | undefined;
}

/** The two conditions that a GET or HEAD can carry (RFC 9110 §13.1). */
export interface Conditions {
  readonly 'if-none-match'?: string | undefined;
  readonly 'if-modified-since'?: string | undefined;
}

const opaqueTag = (etag: string): string => etag.replace(/^W\//, '');

/** The entity tags of a field value; a tag may hold commas, so no plain split. */
const tagsOf = (field: string): readonly string[] => field.match(/(?:W\/)?"[^"]*"/g) ?? [];

/**
 * Whether the client already has what would be sent. `If-None-Match` is compared weakly (RFC 9110 §13.1.2), and when it is there
 * `If-Modified-Since` is not looked at (§13.1.3); a date that cannot be read is ignored.
 */
export function isNotModified(conditions: Conditions, validators: Validators): boolean {
  const ifNoneMatch = conditions['if-none-match'];
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() === '*') return true;
    return tagsOf(ifNoneMatch).some((tag) => opaqueTag(tag) === opaqueTag(validators.etag));
  }
  const ifModifiedSince = Date.parse(conditions['if-modified-since'] ?? '');
  if (Number.isNaN(ifModifiedSince) || !validators.lastModified) return false;
  return validators.lastModified.getTime() <= ifModifiedSince;
}
