/** Enough of an address for its owner to recognise it, too little for anybody else. */
export function maskAddress({ type, value }: { type: 'email' | 'phone'; value: string }): string {
  if (type === 'phone') return `****${value.slice(-4)}`;
  const [local = '', domain = ''] = value.split('@');
  return `${local.slice(0, 1)}****@${domain}`;
}
