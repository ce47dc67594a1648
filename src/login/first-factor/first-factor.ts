import type { IncomingHttpHeaders } from 'node:http';

/** What a user typed. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A group of a user. */
export interface Group {
  readonly name: string;
  /** Its distinguished name in the form of {@link DistinguishedNames.canonical}, where it has one. */
  readonly dn?: string | undefined;
}

/** The user passed. */
export interface FirstFactorPassed {
  readonly passed: true;
  /** The canonical name: the one that the first factor itself has for the user, however it was typed. */
  readonly username: string;
  readonly groups: readonly Group[];
  /** `Set-Cookie` lines to give to the browser once the login is granted. */
  readonly held?: readonly string[];
}

/** The answer of a first factor. */
export type FirstFactorResult =
  | FirstFactorPassed
  | {
      readonly passed: false;
      /** The canonical name, when a user was found whose password is another. */
      readonly username?: string | undefined;
    };

/** A check of user name and password. */
export interface PasswordFactor {
  readonly kind: 'password';
  /** @throws {@link FirstFactorUnavailableError} when no password can be checked. */
  verify(credentials: Credentials): Promise<FirstFactorResult>;
  /** Try it without a user. @returns a sentence on what was found. */
  check(): Promise<string>;
  /** Is there such a user? Nothing where only a login can tell. */
  knows?(username: string): Promise<boolean>;
}

/** A proxy in front has checked the user already and says who it is. */
export interface HeaderFactor {
  readonly kind: 'header';
  /** Not passed when the request does not come from the proxy, or names no user. */
  identify(headers: IncomingHttpHeaders, peerAddress: string): FirstFactorResult;
  check(): Promise<string>;
}

export type FirstFactor = PasswordFactor | HeaderFactor;

/** The first factor itself does not work. It lets no user in. */
export class FirstFactorUnavailableError extends Error {
  override readonly name = 'FirstFactorUnavailableError';
}
