const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/;

/** Does the text have a UTF-8 form? Half of a surrogate pair has none, so it cannot be signed. */
export const isWellFormed = (text: string): boolean => !loneSurrogate.test(text);
