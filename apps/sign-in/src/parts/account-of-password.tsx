/** Tells password managers whose password follows; it has no name and is never sent. */
export function AccountOfPassword({ account }: { account: string }) {
  return <input type="text" value={account} autocomplete="username" readonly hidden />;
}
