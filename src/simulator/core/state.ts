import { randomBytes } from 'node:crypto';
import type { SimulatorClock } from './clock.ts';
import type { ResolvedConfig, Settings } from './configuration.ts';
import type { OneTimeCodes } from './device.ts';
import { Directory } from './directory.ts';
import type { Replay } from './exchange.ts';
import { ExpiringMap, RateLimiter } from './expiring-map.ts';
import { FaultInjector } from './fault.ts';
import { RequestLog } from './request-log.ts';
import { statusTexts, TransactionStore } from './transaction.ts';

/** The code of a verified push, from `preauth` until the push. */
export interface Verification {
  readonly txid: string;
  readonly ikey: string;
  readonly userId: string;
  readonly code: string;
  readonly expiresAtMs: number;
}

/** An activation code, which adds a phone to a user. */
export interface Activation {
  /** Twenty letters and digits. */
  readonly code: string;
  readonly userId: string;
  readonly username: string;
  readonly expiresAtMs: number;
  isClaimed: boolean;
}

/** An enrollment link from `preauth`, valid once. */
export interface Portal {
  readonly username: string;
}

/** What changed, as reported to watchers such as the phone page. */
export type StateEvent = 'transactions' | 'devices' | 'directory' | 'faults' | 'log';

const rememberedCodes = 10_000;

/** The whole state of the service. */
export class SimulatorState {
  readonly clock: SimulatorClock;
  readonly codes: OneTimeCodes;
  settings: Settings;
  directory: Directory;
  /** `localhost:8443`, the authority of the links in responses. */
  authority = 'localhost';
  readonly transactions = new TransactionStore();
  readonly verifications = new ExpiringMap<Verification>(rememberedCodes);
  readonly activations = new ExpiringMap<Activation>(rememberedCodes);
  readonly portals = new ExpiringMap<Portal>(rememberedCodes);
  /** Random at every start, so that trusted-device tokens do not survive a restart. */
  readonly trustedDeviceKey = randomBytes(32);
  readonly rates = new RateLimiter();
  readonly faults: FaultInjector;
  readonly log = new RequestLog();
  /** Responds instead of the service, when there is a recording. */
  replay: Replay | undefined;
  readonly #watchers = new Set<(event: StateEvent) => void>();
  #config: ResolvedConfig;

  constructor(config: ResolvedConfig, clock: SimulatorClock, codes: OneTimeCodes) {
    this.#config = config;
    this.clock = clock;
    this.codes = codes;
    this.settings = config.settings;
    this.directory = new Directory(config.integrations, config.users);
    this.faults = new FaultInjector(config.faults, config.settings.faultSeed);
  }

  now(): number {
    return this.clock.now();
  }

  nowSeconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** Applies a changed configuration; transactions, lockouts and used passcodes stay. */
  reload(config: ResolvedConfig): void {
    const directory = new Directory(config.integrations, config.users);
    directory.inherit(this.directory);
    this.#config = config;
    this.settings = config.settings;
    this.directory = directory;
    this.faults.replace(config.faults, config.settings.faultSeed);
    this.emit('directory');
    this.emit('faults');
  }

  /** Restores the configuration. Pending transactions time out. */
  reset(): void {
    for (const transaction of this.transactions.pending()) {
      transaction.change('timeout', statusTexts.timeout, this.now());
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
    this.emit('faults');
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
