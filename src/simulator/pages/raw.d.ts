/** A file taken as text, by the build and by the test runner. */
declare module '*?raw' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: that is the form in which a bundler gives a raw file
  export default text;
}
