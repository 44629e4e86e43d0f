/** Says where something does not work without JavaScript. */
export function ScriptNeeded({ text }: { text: string }) {
  return (
    <noscript>
      <p class="lk-note">{text}</p>
    </noscript>
  );
}
