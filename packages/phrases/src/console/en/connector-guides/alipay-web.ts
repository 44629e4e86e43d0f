import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create a web app',
    body: [
      'Sign in to the **Alipay Open Platform** (open.alipay.com), open **Console** and create a **web application**. Add the capability **Get member information** and submit it for review.',
    ],
  },
  {
    title: 'Set up the signature',
    body: [
      'Make a key pair with Alipay’s key tool: **RSA2 (SHA256)**, in the format PKCS#8.',
      'Under **Development settings → Signature of the interfaces** upload the public key; the private key is for the form.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Under **Development settings → Authorization callback address** enter the redirect URI shown on this page.',
    ],
  },
  {
    title: 'Copy the APPID',
    body: ['Copy the **APPID** from the top of the app’s page. Alipay tells no e-mail address.'],
  },
];
