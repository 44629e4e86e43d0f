export * from './kernel/wire.contract.ts';
export * from './modules/applications/applications.contract.ts';
export * from './modules/connectors/connectors.contract.ts';
export * from './modules/oidc/oidc.contract.ts';
export * from './modules/sign-in/sign-in.contract.ts';
export * from './modules/sign-in-experience/sign-in-experience.contract.ts';
export * from './modules/users/users.contract.ts';
export * from './modules/well-known/well-known.contract.ts';
