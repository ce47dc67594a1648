const plain = /[A-Za-z0-9\-_.@\u0080-\u{10ffff}]/u;

/**
 * A value made safe inside a distinguished name: whatever is not plainly a letter, a digit or one of
 * `-_.@` becomes a hex pair, which RFC 4514 allows for every character.
 */
export const escapeDnValue = (value: string): string =>
  [...value]
    .map((letter) =>
      plain.test(letter) ? letter : `\\${letter.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
    .join('');

/** Put a value where the template says `{username}`. A function, since `$&` in a value is no command. */
export const fillIn = (template: string, value: string): string =>
  template.replaceAll('{username}', () => value);
