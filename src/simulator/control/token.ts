import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Checks `Authorization: Bearer …` against a token, in a time that tells nothing about it. */
export const createTokenCheck = (token: string): ((header: string | undefined) => boolean) => {
  const expected = digest(token);
  return (header) => {
    const sent = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
    return sent !== undefined && timingSafeEqual(digest(sent), expected);
  };
};
