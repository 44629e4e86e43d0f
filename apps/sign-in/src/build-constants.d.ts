/** File names in dist/client, filled in by build.mjs. */
declare const __CLIENT_SCRIPT__: string;
declare const __ICON__: string;

declare module '*.css?inline' {
  const css: string;
  export default css;
}
