/** What is wrong with a field; always there, so that the script has a place to write into. */
export function FieldErrors({ field, messages }: { field: string; messages: readonly string[] }) {
  return (
    <div class="lk-field-error" id={`${field}-error`}>
      {messages.map((message) => (
        <p key={message}>{message}</p>
      ))}
    </div>
  );
}
