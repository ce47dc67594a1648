import { randomBytes } from 'node:crypto';
import type { SimulatorClock } from './clock.ts';
import type { ResolvedConfig, Settings } from './config/types.ts';
import { Directory } from './directory/directory.ts';
import type { OneTimeCodes } from './directory/one-time-codes.ts';
import type { Activation, Portal } from './enrollment/activation.ts';
import { ExpiringMap } from './expiring-map.ts';
import { FaultBox } from './faults/fault-box.ts';
import { RateLimiter } from './protocol/rate-limiter.ts';
import { RequestLog } from './request-log.ts';
import { TransactionStore } from './transactions/transaction-store.ts';
import type { Verification } from './transactions/verification.ts';

/** What changed, for those who watch: the phone page, a test. */
export type StateEvent = 'transactions' | 'devices' | 'directory' | 'log';

const rememberedCodes = 10_000;

/** All that the service remembers. */
export class SimulatorState {
  readonly clock: SimulatorClock;
  readonly codes: OneTimeCodes;
  settings: Settings;
  directory: Directory;
  /** `localhost:8443`, the authority of the links it gives out. */
  authority = 'localhost';
  readonly transactions = new TransactionStore();
  readonly verifications = new ExpiringMap<Verification>(rememberedCodes);
  readonly activations = new ExpiringMap<Activation>(rememberedCodes);
  readonly portals = new ExpiringMap<Portal>(rememberedCodes);
  /** Made anew at every start: a trusted-device token of an earlier run is worth nothing. */
  readonly trustedDeviceKey = randomBytes(32);
  readonly rates = new RateLimiter();
  readonly faults: FaultBox;
  readonly log = new RequestLog();
  readonly #watchers = new Set<(event: StateEvent) => void>();
  #config: ResolvedConfig;

  constructor(config: ResolvedConfig, clock: SimulatorClock, codes: OneTimeCodes) {
    this.#config = config;
    this.clock = clock;
    this.codes = codes;
    this.settings = config.settings;
    this.directory = new Directory(config.integrations, config.users);
    this.faults = new FaultBox(config.faults, config.settings.faultSeed);
  }

  now(): number {
    return this.clock.now();
  }

  nowSeconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** Takes a changed file over; transactions, lockouts and used passcodes stay. */
  reload(config: ResolvedConfig): void {
    const directory = new Directory(config.integrations, config.users);
    directory.inherit(this.directory);
    this.#config = config;
    this.settings = config.settings;
    this.directory = directory;
    this.faults.replace(config.faults, config.settings.faultSeed);
    this.emit('directory');
  }

  /** Back to the file. Who waits on a transaction is told that it timed out. */
  reset(): void {
    for (const transaction of this.transactions.pending()) {
      transaction.change('timeout', 'Login timed out.', this.now());
    }
    this.transactions.clear();
    this.verifications.clear();
    this.activations.clear();
    this.portals.clear();
    this.rates.clear();
    this.log.clear();
    this.directory = new Directory(this.#config.integrations, this.#config.users);
    this.faults.replace(this.#config.faults, this.settings.faultSeed);
    this.emit('directory');
  }

  watch(watcher: (event: StateEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  emit(event: StateEvent): void {
    for (const watcher of [...this.#watchers]) {
      watcher(event);
    }
  }
}
