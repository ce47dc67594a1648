// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control characters are what this file removes
// A whole escape sequence goes at once, or its printable rest would stay behind.
const colorOrCursor = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/g;
// Titles, links, device commands: all that carry text of their own, up to where they end, if they do.
const escapeWithText =
  /(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?/g;
const otherEscape = /\u001b./g;
const whiteSpaceOrControl = /[\s\u0000-\u001f\u007f-\u009f]+/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

// Marks that reorder or hide what a person reads: bidirectional controls, characters without a width,
// annotations, and the tags and selectors beyond the basic plane, which can hide a whole text.
const invisible =
  /\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\uddef]/g;

// Printable ASCII with single spaces, as nearly every text is: it stays as it is.
const plain = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/**
 * Duo's text made safe to show: one line, without control characters, terminal escapes or marks that
 * reorder text. Markdown is escaped apart from this, where markdown is written.
 */
export const sanitizeText = (text: string): string =>
  plain.test(text)
    ? text
    : text
        .replace(colorOrCursor, '')
        .replace(escapeWithText, '')
        .replace(otherEscape, '')
        .replace(invisible, '')
        .replace(whiteSpaceOrControl, ' ')
        .trim();

const longest = 80;

// More than this is not looked at; a person reads far less.
const readAtMost = 4096;

const hidden = /<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const tag = /<[^<>]*>/g;

const word = /[^\s"'<>()[\]{},;:]+/g;

// A response may repeat what was sent. Keys, signatures, passcodes and tokens all are words with digits,
// or longer than any word.
const mayBeSecret = (text: string): boolean => text.length >= 20 || /(?:\d\D*){4}/.test(text);

/** The beginning of a response that cannot be read, for a person: one line, no markup, nothing secret. */
export const excerpt = (body: string): string => {
  const readable = body.slice(0, readAtMost).replace(hidden, ' ').replace(tag, ' ');
  const text = sanitizeText(readable).replace(word, (one) => (mayBeSecret(one) ? '…' : one));
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

/** Does the text have a UTF-8 form? Half of a surrogate pair has none, so it cannot be signed. */
export const isWellFormed = (text: string): boolean => {
  try {
    // Some engines see a pair as one character in patterns, so a pattern cannot tell.
    encodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
};
