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

/**
 * Duo's text made safe to show: one line, without control characters, terminal escapes or marks that
 * reorder text. Markdown is escaped apart from this, where markdown is written.
 */
export const sanitizeText = (text: string): string =>
  text
    .replace(colorOrCursor, '')
    .replace(escapeWithText, '')
    .replace(otherEscape, '')
    .replace(invisible, '')
    .replace(whiteSpaceOrControl, ' ')
    .trim();
