import { serverOfThisScript } from './globals.ts';
import { main } from './main.ts';

/** The script's result, for the `return` that the build puts behind the bundle. */
export const result = main(serverOfThisScript());
