import type { Transaction } from './transaction.ts';

/** Transactions by id, oldest first, never more than a limit. */
export class TransactionStore {
  readonly #byId = new Map<string, Transaction>();

  get size(): number {
    return this.#byId.size;
  }

  get(txid: string): Transaction | undefined {
    return this.#byId.get(txid);
  }

  all(): Transaction[] {
    return [...this.#byId.values()];
  }

  pending(): Transaction[] {
    return this.all().filter((transaction) => !transaction.isFinal);
  }

  add(transaction: Transaction): void {
    this.#byId.set(transaction.start.txid, transaction);
  }

  /** Forgets what ended before `endedBeforeMs`, from the oldest on up to the first that is younger. */
  dropEnded(endedBeforeMs: number): void {
    for (const [txid, { endedAtMs }] of this.#byId) {
      if (endedAtMs === undefined || endedAtMs > endedBeforeMs) {
        return;
      }
      this.#byId.delete(txid);
    }
  }

  clear(): void {
    for (const transaction of this.#byId.values()) {
      transaction.cancelStep();
    }
    this.#byId.clear();
  }
}
