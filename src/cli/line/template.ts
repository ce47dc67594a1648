/** A piece of a value: text as it is meant, or a path to look up in the context. */
export type Part =
  | { readonly text: string }
  /** The path between `${` and `}`, and where in the line it begins. */
  | { readonly lookup: string; readonly at: number };

/** A value as it was typed: pieces that make up its text once the lookups are done. */
export type Template = readonly Part[];
