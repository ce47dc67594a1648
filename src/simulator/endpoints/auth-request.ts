import type { User } from '../directory/user.ts';
import { ProtocolError } from '../protocol/error-codes.ts';
import { type Pair, parseForm } from '../protocol/percent.ts';
import type { TransactionDetails } from '../transactions/transaction.ts';
import type { SignedContext } from './context.ts';
import { readFactorCode } from './factor-codes.ts';
import type { RequestedFactor } from './requested-factor.ts';
import { readIpAddress } from './select-user.ts';

const longestPushInfoBytes = 20_000;

/** @throws ProtocolError 40001 or 40002 when the factor and what belongs to it do not fit together. */
export const readFactor = (
  { params, integration }: SignedContext,
  user: User | undefined,
): RequestedFactor => {
  const factor = params.require('factor');
  switch (factor) {
    case 'auto':
      return { kind: factor, device: params.get('device') ?? 'auto' };
    case 'push':
      return { kind: factor, device: params.require('device'), txid: params.get('txid') };
    case 'phone':
    case 'sms':
      return { kind: factor, device: params.require('device') };
    case 'passcode': {
      const passcode = params.require('passcode');
      if (params.get('device') !== undefined) {
        throw new ProtocolError(40002, 'device');
      }
      return { kind: factor, passcode };
    }
    case 'prompt':
      return readFactorCode(user, integration, params.require('prompt'), params.get('txid'));
    default:
      throw new ProtocolError(40002, 'factor');
  }
};

const readPushInfo = ({ params }: SignedContext): readonly Pair[] => {
  const text = params.get('pushinfo');
  if (text === undefined) {
    return [];
  }
  const pairs = Buffer.byteLength(text) < longestPushInfoBytes ? parseForm(text) : undefined;
  const isWellFormed = text.split('&').every((part) => part.indexOf('=') > 0);
  if (!pairs || !isWellFormed) {
    throw new ProtocolError(40002, 'pushinfo');
  }
  return pairs;
};

/** Reads what the phone is to show. */
export const readDetails = (context: SignedContext, username: string): TransactionDetails => {
  const { params, integration } = context;
  return {
    application: integration.name,
    title: params.get('type') ?? 'Login request',
    displayUsername: params.get('display_username') ?? username,
    ipAddress: readIpAddress(context),
    hostname: params.get('hostname'),
    pushInfo: readPushInfo(context),
  };
};
