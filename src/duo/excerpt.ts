import { sanitizeText } from './sanitize-text.ts';

const longest = 80;

// More than this is not looked at; a person reads far less.
const readAtMost = 4096;

const hidden = /<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const tag = /<[^<>]*>/g;

const word = /[^\s"'<>()[\]{},;:]+/g;

// A reply may repeat what was sent. Keys, signatures, passcodes and tokens all are words with digits,
// or longer than any word.
const mayBeSecret = (text: string): boolean => text.length >= 20 || /(?:\d\D*){4}/.test(text);

/** The beginning of a reply that cannot be read, for a person: one line, no markup, nothing secret. */
export const excerptOf = (body: string): string => {
  const readable = body.slice(0, readAtMost).replace(hidden, ' ').replace(tag, ' ');
  const text = sanitizeText(readable).replace(word, (one) => (mayBeSecret(one) ? '…' : one));
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};
