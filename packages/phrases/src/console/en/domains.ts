/** Texts of the tenant's own domains. */
export const domains = {
  title: 'Domains',
  lead: 'Let people sign in at an address of your own, such as id.example.com.',
  add: 'Add domain',
  emptyTitle: 'No domains of your own yet',
  empty: ({ address }: { address: string }) =>
    `People sign in at ${address} now. Add a domain, verify it by a DNS record, and everything is served there too.`,
  domain: 'Domain',
  domainHint: 'The host name alone, without https:// and without a path.',
  status: 'Status',
  added: 'Added',
  primary: 'Primary',
  lost: 'Serves nothing: open it to see why.',
  statuses: {
    PendingVerification: 'Waiting for DNS',
    PendingSsl: 'Waiting for HTTPS',
    Active: 'Active',
    Failing: 'Record missing',
    Error: 'No longer verified',
  },
  whatItMeans: {
    PendingVerification:
      'Enter both records at the domain’s DNS provider. We look for them every minute during the first day, then every hour. A change of DNS may take a while to be seen.',
    PendingSsl:
      'The domain is yours. It becomes active with the first visit over HTTPS: set up its certificate in your proxy, then open its address once.',
    Error: 'The domain serves nothing until its TXT record is found again.',
  },
  failing: ({ since, until }: { since: string; until: string }) =>
    `The TXT record has been missing since ${since}. The domain serves on until ${until}; then it serves nothing until the record is found again.`,
  checked: ({ time }: { time: string }) => `Last looked for at ${time}.`,
  removed: 'Removed domains',
  removedHint: 'They serve nothing any more. Their history stays in the audit logs.',
  removedBy: 'Removed by',
  links: 'Links in messages',
  linksLeadTo: ({ address }: { address: string }) => `They lead to ${address}.`,
  records: 'DNS records',
  recordsHint: 'Keep both for as long as the domain is in use.',
  checkAgain: 'Check again',
  found: 'The record is there: the domain is verified',
  notFoundYet: 'The record was not found yet',
  why: {
    TXT: 'Proves that the domain is yours.',
    CNAME:
      'Leads visitors to this server. At the top of a zone, where no CNAME may stand, use A and AAAA records instead.',
  },
  recordStates: {
    TXT: { there: 'Found', missing: 'Not found yet' },
    CNAME: { there: 'Visitors arrive', missing: 'Not looked for' },
  },
  recordName: ({ type }: { type: string }) => `Name of the ${type} record`,
  recordValue: ({ type }: { type: string }) => `Value of the ${type} record`,
  address: 'At this domain',
  addressHint:
    'Each address is an issuer of its own: tokens and cookies of one are not those of another, and passkeys work at the address they were made at. Let each application keep to one.',
  endpoint: 'Endpoint for your applications',
  issuer: 'Issuer',
  makePrimary: 'Links in messages lead here',
  makePrimaryHint: ({ address }: { address: string }) =>
    `On for one domain at most. Without one, or while it does not serve, they lead to ${address}.`,
  files: 'Files below /.well-known/',
  filesHint: ({ max }: { max: number }) =>
    `Such as apple-app-site-association, or the challenge of a certificate authority. ${max} at most, 16 KiB each.`,
  addFile: 'Add file',
  noFiles: 'No files.',
  removeFileBody: 'The domain no longer serves it.',
  path: 'Path below /.well-known/',
  pathHint: 'A file of the same path is replaced.',
  pathInvalid: 'Use letters, digits and - . _ ~, with / between the parts.',
  contentType: 'Type',
  content: 'Content',
  deleteSection: 'Delete this domain',
  deleteHint:
    'It serves nothing at once: applications that use it cannot sign anybody in, tokens that were issued at it open nothing, and passkeys that were made at it are of no use.',
};
