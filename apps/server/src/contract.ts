export * from './modules/sign-in/sign-in.contract.ts';
