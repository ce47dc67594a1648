import type { IncomingHttpHeaders } from 'node:http';

/** What a user typed. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The answer of a first factor. */
export type FirstFactorResult =
  | {
      readonly passed: true;
      /** The user's name as the first factor knows it, which is what Duo is asked about. */
      readonly username: string;
      readonly groups: readonly string[];
      /** `Set-Cookie` lines to give to the browser once the login is granted. */
      readonly held?: readonly string[];
    }
  | { readonly passed: false };

/** A check of user name and password. */
export interface PasswordFactor {
  readonly kind: 'password';
  /** @throws {@link FirstFactorUnavailableError} when nobody can be checked. */
  verify(credentials: Credentials): Promise<FirstFactorResult>;
  /** Try it without a user. @returns a sentence on what was found. */
  check(): Promise<string>;
}

/** A proxy in front has checked the user already and says who it is. */
export interface HeaderFactor {
  readonly kind: 'header';
  /** Nothing when the request does not come from the proxy, or names nobody. */
  identify(headers: IncomingHttpHeaders, peerAddress: string): FirstFactorResult;
  check(): Promise<string>;
}

export type FirstFactor = PasswordFactor | HeaderFactor;

/** The first factor itself does not work. Nobody is let in. */
export class FirstFactorUnavailableError extends Error {
  override readonly name = 'FirstFactorUnavailableError';
}
