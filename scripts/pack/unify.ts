import { type Document, isSeq, parseDocument, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';

/** What the one file holds besides integration.yml. */
export interface UnifiedParts {
  /** The bundle. */
  readonly code: string;
  /** A PNG of 120 by 50. */
  readonly image: Uint8Array;
  /** Markdown for the help panel. */
  readonly description: string;
}

/** Where the file goes: `xsoar` to XSOAR 6, `xsoar_saas` to XSOAR 8 and XSIAM. */
export type Marketplace = 'xsoar' | 'xsoar_saas';

// Quoted or folded, code and help could not be read in a diff.
const literal = (text: string): Scalar => {
  const scalar = new Scalar(text);
  scalar.type = Scalar.BLOCK_LITERAL;
  return scalar;
};

// It is about the source, not about this file.
const leadingComment = /^(?:#.*\n)+/;

// integration.yml lists where a parameter is hidden; a server takes yes or no.
const decideHidden = (document: Document, marketplace: Marketplace): void => {
  for (const parameter of (document.get('configuration') as YAMLSeq<YAMLMap>).items) {
    const hidden = parameter.get('hidden');
    if (isSeq(hidden)) {
      parameter.set('hidden', (hidden.toJSON() as string[]).includes(marketplace));
    }
  }
};

/** integration.yml and its parts as the one file that XSOAR takes. */
export const unify = (
  integrationYml: string,
  parts: UnifiedParts,
  marketplace: Marketplace,
): string => {
  const document = parseDocument(integrationYml.replace(leadingComment, ''), { version: '1.1' });
  const image = `data:image/png;base64,${Buffer.from(parts.image).toString('base64')}`;
  decideHidden(document, marketplace);
  document.setIn(['script', 'script'], literal(parts.code));
  document.set('image', image);
  document.set('detaileddescription', literal(parts.description));
  return document.toString({ lineWidth: 0, indentSeq: false });
};
