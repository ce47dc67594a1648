import type { Argument } from '../../integration/argument.ts';

/** An argument in words: what it is, its values, its default, and how it is special. */
export const describeArgument = (argument: Argument<unknown>): string => {
  const { description, required, positional, secret, predefined, defaultValue } = argument;
  const values = predefined === undefined ? '' : `One of ${predefined.join(', ')}`;
  const byDefault = defaultValue === undefined ? '' : `default ${defaultValue}`;
  const choice = [values, byDefault].filter((text) => text !== '').join('; ');
  return [
    description,
    choice === '' ? '' : `${choice.charAt(0).toUpperCase()}${choice.slice(1)}.`,
    required ? 'Required.' : '',
    positional === true ? 'Its name may be left out.' : '',
    secret === true ? 'A secret: never kept in the history.' : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
};
