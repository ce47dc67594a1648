// Duo's Node client ships no types; this is what the tests use of it.
declare module '@duosecurity/duo_api/lib/duo_sig.js' {
  type Params = Readonly<Record<string, string>>;
  export function sign(
    ikey: string,
    skey: string,
    method: string,
    host: string,
    path: string,
    params: Params,
    date: string,
  ): string;
  export function signV5(
    ikey: string,
    skey: string,
    method: string,
    host: string,
    path: string,
    params: Params,
    date: string,
    body: string,
  ): string;
}
