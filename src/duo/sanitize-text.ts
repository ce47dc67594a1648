// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control characters are what this file removes
// A whole escape sequence goes at once, or its printable rest would stay behind.
const colourOrCursor = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/g;
const titleOrLink = /(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?/g;
const otherEscape = /\u001b./g;
const whiteSpaceOrControl = /[\s\u0000-\u001f\u007f-\u009f]+/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

// Marks that reorder or hide what a person reads: bidirectional controls, zero-width characters.
const invisible = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Duo's text made safe to show: one line, without control characters, terminal escapes or marks that
 * reorder text. Markdown is escaped apart from this, where markdown is written.
 */
export const sanitizeText = (text: string): string =>
  text
    .replace(colourOrCursor, '')
    .replace(titleOrLink, '')
    .replace(otherEscape, '')
    .replace(invisible, '')
    .replace(whiteSpaceOrControl, ' ')
    .trim();
