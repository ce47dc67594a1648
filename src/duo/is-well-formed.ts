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
