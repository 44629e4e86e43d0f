// The dependency rule of ARCHITECTURE.md:
//   main → app → compose → modules → kernel            packages/connectors → connector-kit
//   a module reaches another one by its front door; the browser apps see contracts and phrases; e2e speaks HTTP.
const server = '^apps/server/src';
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that cannot be found breaks at start.',
      severity: 'error',
      from: { pathNot: '/dist/' },
      to: { couldNotResolve: true, pathNot: '/dist/' },
    },
    {
      name: 'kernel-knows-no-feature',
      comment: 'The kernel is below every module and above none.',
      severity: 'error',
      from: { path: `${server}/kernel/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}/(modules/|main\\.mjs|serve\\.ts|app\\.ts|compose\\.|cli/)` },
    },
    {
      name: 'modules-stay-below-the-root',
      comment: 'A module is given what it needs by compose.ts; it does not fetch it.',
      severity: 'error',
      from: { path: `${server}/modules/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}/(main\\.mjs|(serve|app|compose|compose\\.features|compose\\.doors)\\.ts)$` },
    },
    {
      name: 'module-front-door',
      comment: 'Another module is its index.ts, its contract, and its tables for foreign keys and joins.',
      severity: 'error',
      from: { path: `${server}/modules/([^/]+)/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: `${server}/modules/([^/]+)/`,
        pathNot: [`${server}/modules/$1/`, '/index\\.ts$', '\\.contract\\.ts$', '\\.table\\.ts$', '\\.paths\\.ts$'],
      },
    },
    {
      name: 'composition-uses-front-doors',
      comment: 'compose.ts and the rest of the server know of a module only what its index.ts says.',
      severity: 'error',
      from: { path: server, pathNot: [`${server}/modules/`, '\\.test\\.ts$'] },
      to: { path: `${server}/modules/`, pathNot: ['/index\\.ts$', '\\.contract\\.ts$', '\\.table\\.ts$'] },
    },
    {
      name: 'contract-is-for-the-browser',
      comment: 'A contract is shipped to the browser: zod and other contracts, nothing of the server.',
      severity: 'error',
      from: { path: `${server}/.*\\.contract\\.ts$` },
      to: { pathNot: ['\\.contract\\.ts$', '\\.paths\\.ts$', 'node_modules/zod/', '^packages/phrases/'] },
    },
    {
      name: 'the-console-reads-types-of-contracts',
      comment: 'A schema at run time would bring all of zod to the browser; lists have files of their own.',
      severity: 'error',
      from: { path: '^apps/console/src', pathNot: '\\.test\\.tsx?$' },
      to: { path: `${server}/contract\\.ts$`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'environment-is-read-once',
      comment: 'Configuration comes from config.ts through the composition root.',
      severity: 'error',
      from: { path: `${server}/(kernel|modules)/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}/config\\.ts$`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-protocol-engine',
      comment: 'oidc-provider is imported by one module only.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: `${server}/modules/oidc/` },
      to: { path: 'node_modules/oidc-provider/' },
    },
    {
      name: 'browser-apps-see-the-contract',
      comment: 'Of the server, the pages and the Console import contracts only.',
      severity: 'error',
      from: { path: '^apps/(console|sign-in|account)/' },
      to: { path: '^apps/server/', pathNot: ['\\.contract\\.ts$', '\\.paths\\.ts$', '/contract\\.ts$'] },
    },
    {
      name: 'browser-apps-are-apart',
      comment: 'Each app is built on its own.',
      severity: 'error',
      from: { path: '^apps/(console|sign-in|account)/' },
      to: { path: '^apps/(console|sign-in|account)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'packages-stand-alone',
      comment: 'packages/ is below apps/.',
      severity: 'error',
      // A connector's test may use a double of its provider.
      from: { path: '^packages/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(apps|e2e|bench)/' },
    },
    {
      name: 'connectors-use-the-kit',
      comment: 'A connector knows the kit and no other package of ours.',
      severity: 'error',
      from: { path: '^packages/connectors/' },
      to: { path: '^packages/', pathNot: '^packages/(connectors|connector-kit)/' },
    },
    {
      name: 'stories-speak-http',
      comment: 'The stories see what a user sees.',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^(apps|packages)/' },
    },
    {
      name: 'bench-measures-from-outside',
      comment: 'The load comes by HTTP; of the server only the kernel is used, to look into the database and to hash.',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: '^(apps|packages)/', pathNot: `${server}/kernel/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    // TypeScript 7 has no JavaScript interface yet.
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'browser', 'default', 'types'],
    },
  },
};
