/** An entry that fails the command, and the playbook task that ran it. */
export interface ErrorEntry {
  /** 4 is an error. */
  readonly Type: 4;
  readonly ContentsFormat: 'text';
  readonly Contents: string;
}

export const toErrorEntry = (text: string): ErrorEntry => ({
  Type: 4,
  ContentsFormat: 'text',
  Contents: text,
});
