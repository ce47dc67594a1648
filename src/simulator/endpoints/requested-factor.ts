/** The factor that a client asked for, with what belongs to it. */
export type RequestedFactor =
  | { readonly kind: 'auto'; readonly device: string }
  | { readonly kind: 'push'; readonly device: string; readonly txid: string | undefined }
  | { readonly kind: 'phone'; readonly device: string }
  | { readonly kind: 'sms'; readonly device: string }
  | { readonly kind: 'passcode'; readonly passcode: string };
